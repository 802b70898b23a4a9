import { formatList } from "../../../gateway/formats";
import { exists } from "../../../changes/disk/folders";
import { isSamePlace } from "../../../changes/spelling";
import type { ClientEnvironment } from "../../client";
import { pathRules } from "../../machine/pathRules";
import { userPath } from "../../machine/userPath";

/** Where Codex looks for its files. */
export interface CodexHome {
  readonly home: string;
  /** Somebody named it, and Codex refuses to start when it does not exist. */
  readonly mustExist: boolean;
  /** The value of CODEX_HOME where it is no absolute path: Codex takes it as it stands, from wherever it is started. */
  readonly asWritten?: string;
  /** Where Codex would look without CODEX_HOME, if the variable leads elsewhere. */
  readonly usualHome?: string;
  /** Windows and its Linux have a Codex each, with files of its own: the home or homes of the other one. */
  readonly otherSide?: string;
  /** VS Code was told to run Codex in WSL, but nothing there answered: `home` is the one of Windows. */
  readonly wslSilent?: true;
}

/** Prints Codex's home in WSL as a path that Windows programs can open; it need not exist yet. */
export const WSL_HOME_SCRIPT = [
  'if [ -d "$CODEX_HOME" ]; then wslpath -w "$CODEX_HOME"',
  'else printf "%s\\\\.codex" "$(wslpath -w "$HOME")"; fi',
].join("; ");

/** Where WSL shows the drive that Windows is on. */
const WINDOWS_USERS = "/mnt/c/Users";

/** Codex's home directory as Codex itself finds it; the setting goes first. */
export async function locateCodexHome(environment: ClientEnvironment): Promise<CodexHome> {
  const { configuredDirectory, variables, askWsl } = environment;
  if (configuredDirectory.codex)
    return { home: userPath(environment, configuredDirectory.codex), mustExist: true };
  const native = nativeHome(environment);
  if (askWsl) {
    const inWsl = (await askWsl(WSL_HOME_SCRIPT))?.trim() ?? "";
    // Anything else is a message of wsl.exe's, such as the one about a missing distribution.
    if (!inWsl.startsWith("\\\\wsl")) return { ...native, wslSilent: true };
    return { home: inWsl, mustExist: false, otherSide: native.home };
  }
  const isWindowsHome = native.home.startsWith(`${WINDOWS_USERS}/`);
  if (!variables.WSL_DISTRO_NAME || isWindowsHome) return native;
  const onWindows = await windowsHomes(environment);
  return { ...native, ...(onWindows.length > 0 && { otherSide: formatList(onWindows) }) };
}

function nativeHome(environment: ClientEnvironment): CodexHome {
  const { variables, homeDirectory, platform } = environment;
  const rules = pathRules(platform);
  const usualHome = rules.join(homeDirectory, ".codex");
  const named = variables.CODEX_HOME;
  if (!named) return { home: usualHome, mustExist: false };
  if (rules.isAbsolute(named)) {
    const home = rules.normalize(named);
    return { home, mustExist: true, ...(!isSamePlace(home, usualHome) && { usualHome }) };
  }
  // What was meant: quotes are left over where no shell took them away.
  const meant = userPath(environment, named.replace(/^(["'])(.*)\1$/, "$2"));
  return { home: meant, mustExist: true, asWritten: named };
}

/** The homes of a Codex that was used on Windows, seen from its Linux: the person's own where it can be told. */
async function windowsHomes({ fs, variables }: ClientEnvironment): Promise<string[]> {
  const users = await fs.readdir(WINDOWS_USERS).catch(() => []);
  const homes = users.map((user) => ({ user, home: `${WINDOWS_USERS}/${user}/.codex` }));
  const isUsed = await Promise.all(
    homes.map(({ home }) => exists(fs, `${home}/config.toml`).catch(() => false)),
  );
  const used = homes.filter((_, index) => isUsed[index]);
  // WSLENV can hand USERPROFILE over; many people are called the same on both sides.
  const names = [variables.USERPROFILE?.split(/[\\/]/).at(-1), variables.USER].map((name) =>
    name?.toLowerCase(),
  );
  const own = names.flatMap((name) => used.filter(({ user }) => user.toLowerCase() === name)).slice(0, 1);
  return (own.length > 0 ? own : used).map(({ home }) => home);
}
