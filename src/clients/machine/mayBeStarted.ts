import { readBytes } from "../../changes/disk/readBytes";
import type { ClientEnvironment } from "../client";
import { pathRules } from "./pathRules";

/** What people write to start a program by hand is a few lines long. */
const LONGEST_SCRIPT_BYTES = 20_000;

/** Managers of versions and packages, which fetch and install what they are asked to start. */
const INSTALLERS =
  /(?<![\w.-])(?:npx|bunx|uvx|dlx|mise|asdf|volta|proto|pkgx|corepack)(?:\.exe|\.cmd)?["']?(?=\s)/i;

/**
 * Whether a file that was found on the PATH is the program itself, so that asking it installs nothing. A link to a
 * manager of versions is none: by its own name the manager would answer for itself, by the link's it may install.
 * @param file real absolute path
 */
export async function mayBeStarted(
  { fs, platform }: ClientEnvironment,
  file: string,
  program: string,
): Promise<boolean> {
  // `codex-aarch64-apple-darwin` is the name that its makers gave it.
  if (!pathRules(platform).basename(file).toLowerCase().startsWith(program)) return false;
  const info = await fs.stat(file).catch(() => undefined);
  if (!info || info.size > LONGEST_SCRIPT_BYTES) return true;
  const { bytes } = await readBytes(fs, file, LONGEST_SCRIPT_BYTES).catch(() => ({
    bytes: new Uint8Array(),
  }));
  const text = Buffer.from(bytes).toString("latin1");
  const isScript = text.startsWith("#!") || /\.(?:cmd|ps1)$/i.test(file);
  return !isScript || !INSTALLERS.test(text);
}
