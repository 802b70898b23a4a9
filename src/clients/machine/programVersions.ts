import * as path from "node:path";
import { readTextIfAny } from "../../changes/disk/readBytes";
import { valueAt } from "../../changes/document/valueAt";
import type { ClientEnvironment } from "../client";
import { askProgram, withTemporaryFolder } from "./askProgram";
import { mayBeStarted } from "./mayBeStarted";
import { pathRules } from "./pathRules";
import { programsIn, trustedPath } from "./searchPath";

/** A program that has not answered by then is treated as unknown. */
const ANSWER_LIMIT_MS = 2_000;

/** After so long one that has not answered in time is asked again. */
const AGAIN_MS = 60_000;

/** Of a program that gives no version, not in time, or cannot be started. */
const UNKNOWN = "0.0.0";

const VERSION = /\d+\.\d+\.\d+/;

/** Ten times what package.json files of programs have. */
const LARGEST_MANIFEST_BYTES = 100_000;

/** `bin/codex.js` and `bin/opencode` lie one folder below the package's. */
const FOLDERS_UP = 3;

/**
 * What the shims of npm and pnpm start, with all arguments handed on: `%dp0%` and `$basedir` are their own folder. The
 * Node that they look for beside themselves is named before it.
 */
const SHIM_TARGETS = [
  /"(?:%(?:~dp0|dp0%)\\)?([^"%*\r\n]+)"[ \t]+%\*/i,
  /"(?:\$basedir\/)?([^"$\r\n]+)"[ \t]+\$args/i,
];

/**
 * The versions of every program of this name on the PATH. What npm installed is not started: the version stands in
 * its package. Everything else but an installer is asked, with every folder it could write into moved away: codex and
 * opencode make their folders even for `--version` (clients.md 2). Its answer is remembered until the program is
 * another file.
 * @returns versions such as "0.169.0"; "0.0.0" for a program of which it is not known
 */
export async function programVersions(environment: ClientEnvironment, program: string): Promise<string[]> {
  return versionsBy(environment, program, (file, directories) =>
    rememberedVersion(environment, directories, file),
  );
}

/** The same without starting anything: of a program that was never asked, "0.0.0". */
export async function knownVersions(environment: ClientEnvironment, program: string): Promise<string[]> {
  return versionsBy(environment, program, async (file) => {
    const known = said.get(file);
    return known && known.of === (await identityOf(environment, file)) ? known.version : UNKNOWN;
  });
}

async function versionsBy(
  environment: ClientEnvironment,
  program: string,
  ask: (file: string, directories: readonly string[]) => Promise<string>,
): Promise<string[]> {
  const directories = await trustedPath(environment);
  const found = await programsIn(environment, directories, program);
  return Promise.all(
    found.map(
      async (file) =>
        (await packagedVersion(environment, file, program)) ??
        ((await mayBeStarted(environment, file, program)) ? ask(file, directories) : UNKNOWN),
    ),
  );
}

/** The version of the npm package that a program is the `bin` of. */
async function packagedVersion(
  environment: ClientEnvironment,
  file: string,
  program: string,
): Promise<string | undefined> {
  const rules = pathRules(environment.platform);
  let folder = rules.dirname(await behindShim(environment, file));
  for (let up = 0; up < FOLDERS_UP; up++, folder = rules.dirname(folder)) {
    const manifest = await readManifest(environment, rules.join(folder, "package.json"));
    const [name, bin] = [valueAt(manifest, ["name"]), valueAt(manifest, ["bin"])];
    // A single program is called like its package, without the publisher.
    const isNamesake = typeof name === "string" && name.split("/").at(-1) === program;
    const isOfProgram = typeof bin === "string" ? isNamesake : valueAt(bin, [program]) !== undefined;
    const version = valueAt(manifest, ["version"]);
    if (isOfProgram && typeof version === "string") return VERSION.exec(version)?.[0];
  }
  return undefined;
}

async function behindShim({ fs, platform }: ClientEnvironment, file: string): Promise<string> {
  if (platform !== "win32" || !/\.(?:cmd|ps1)$/i.test(file)) return file;
  const text = (await readTextIfAny(fs, file, LARGEST_MANIFEST_BYTES)) ?? "";
  const target = SHIM_TARGETS.map((pattern) => pattern.exec(text)?.[1]).find((each) => each !== undefined);
  return target === undefined ? file : path.win32.resolve(path.win32.dirname(file), target);
}

async function readManifest({ fs }: ClientEnvironment, file: string): Promise<unknown> {
  try {
    return JSON.parse((await readTextIfAny(fs, file, LARGEST_MANIFEST_BYTES)) ?? "") as unknown;
  } catch {
    return undefined;
  }
}

/** What programs said, by all that would make them say something else; each path only once. */
const said = new Map<string, { readonly of: string; readonly version: Promise<string> }>();

/** A program that is the same file as before is not started again, and one that is being asked not twice. */
async function rememberedVersion(
  environment: ClientEnvironment,
  directories: readonly string[],
  file: string,
): Promise<string> {
  const of = await identityOf(environment, file);
  const known = said.get(file);
  if (of !== undefined && known?.of === of) return known.version;
  const started = performance.now();
  const version = askVersion(environment, directories, file);
  if (of !== undefined) said.set(file, { of, version });
  if ((await version) !== UNKNOWN) return version;
  const forget = () => {
    if (said.get(file)?.version === version) said.delete(file);
  };
  // On a busy machine it may only have been too slow; but not every look may wait for it all that time again.
  if (performance.now() - started < ANSWER_LIMIT_MS) forget();
  else setTimeout(forget, AGAIN_MS).unref();
  return version;
}

/** Undefined: it cannot be told. */
async function identityOf({ fs }: ClientEnvironment, file: string): Promise<string | undefined> {
  const info = await fs.stat(file).catch(() => undefined);
  return info && JSON.stringify([info.size, info.mtimeMs, info.ctimeMs]);
}

async function askVersion(
  environment: ClientEnvironment,
  directories: readonly string[],
  file: string,
): Promise<string> {
  const answer = await withTemporaryFolder((folder) =>
    askProgram(environment, {
      file,
      args: ["--version"],
      directories,
      workingDirectory: folder,
      variables: awayFromHome(folder),
      limit: ANSWER_LIMIT_MS,
    }),
  );
  return VERSION.exec(answer?.stdout ?? "")?.[0] ?? UNKNOWN;
}

/** Variables that move every place where codex or opencode makes folders at a start. */
export function awayFromHome(folder: string): Record<string, string> {
  const names = ["CODEX_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];
  return Object.fromEntries([...names, "TMPDIR", "TEMP", "TMP"].map((name) => [name, folder]));
}

/** Compares dotted numbers; pre-release tags were cut off before. */
export function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) >= 0;
}
