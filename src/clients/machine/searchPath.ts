import { isErrorCode } from "../../changes/disk/errorCode";
import { isWithin } from "../../changes/spelling";
import type { ClientEnvironment } from "../client";
import { joinVariables } from "./joinVariables";
import { pathRules } from "./pathRules";

/**
 * The directories of the PATH from which a program may be started. Left out are relative ones, which mean whatever
 * folder happens to be open, and those inside a folder that is open: tools such as direnv put them there, and
 * whoever made the folder would choose what runs.
 */
export async function trustedPath(environment: ClientEnvironment): Promise<string[]> {
  const { PATH = "" } = joinVariables(environment.platform, environment.variables);
  const directories = entriesOf(environment.platform, PATH);
  const trusted = await Promise.all(directories.map((each) => isTrustedProgram(environment, each)));
  return [...new Set(directories.filter((_, index) => trusted[index]))];
}

/** On Windows an entry may stand in quotes, and then hold the character that divides them. */
function entriesOf(platform: NodeJS.Platform, path: string): string[] {
  if (platform !== "win32") return path.split(":");
  return (path.match(/(?:"[^"]*"?|[^";])+/g) ?? []).map((entry) => entry.replaceAll('"', "").trim());
}

/** Neither the path as it is named nor the real one, behind links, may lie in a folder that is open. */
export async function isTrustedProgram(
  { fs, platform, foreignFolders = [] }: ClientEnvironment,
  program: string,
): Promise<boolean> {
  const real = (path: string) => fs.realpath(path).catch(() => path);
  const places = [program, await real(program)];
  const folders = [...foreignFolders, ...(await Promise.all(foreignFolders.map(real)))];
  return places.every(
    (place) => namesOnePlace(platform, place) && !folders.some((folder) => isWithin(folder, place)),
  );
}

/** `\tools` is absolute on Windows, and means whatever drive happens to be the current one. */
function namesOnePlace(platform: NodeJS.Platform, place: string): boolean {
  return platform === "win32" ? /^(?:[a-z]:[\\/]|[\\/]{2})/i.test(place) : place.startsWith("/");
}

/** The programs of a name in directories of the PATH, by their real absolute paths, in the order of the PATH. */
export async function programsIn(
  environment: ClientEnvironment,
  directories: readonly string[],
  program: string,
): Promise<string[]> {
  // A PATH may have dozens of directories, which take turns with nobody.
  const found = await Promise.all(directories.map((each) => programsAt(environment, each, program)));
  return [...new Set(found.flat())];
}

async function programsAt(
  environment: ClientEnvironment,
  directory: string,
  program: string,
): Promise<string[]> {
  const { fs, platform } = environment;
  const rules = pathRules(platform);
  const found: string[] = [];
  for (const name of namesOf(platform, program)) {
    const named = rules.join(directory, name);
    const file = await fs.realpath(named).catch((error: unknown) => (isAlias(error) ? named : undefined));
    // Beside another shim it is one more of the same program's.
    if (file === undefined || (found.length > 0 && isPowerShell(file))) continue;
    if (await isTrustedProgram(environment, file)) found.push(file);
  }
  return found;
}

/** On Windows as programs, npm, pnpm, Scoop and winget call what they put on the PATH. */
function namesOf(platform: NodeJS.Platform, program: string): string[] {
  if (platform !== "win32") return [program];
  const name = program.replace(/\.exe$/i, "");
  return [".exe", ".cmd", ".ps1"].map((ending) => name + ending);
}

export function isPowerShell(file: string): boolean {
  return file.toLowerCase().endsWith(".ps1");
}

/** What the Store installs cannot be opened or followed, only started: the system says so in other words than "not there". */
function isAlias(error: unknown): boolean {
  return isErrorCode(error, "EACCES") || isErrorCode(error, "UNKNOWN");
}

/**
 * The program that a terminal would start, by the name that it has on the PATH: what is behind a link may be a manager
 * of versions, which goes by the name it is called by.
 */
export async function firstProgram(
  environment: ClientEnvironment,
  program: string,
): Promise<string | undefined> {
  const { fs, platform } = environment;
  const rules = pathRules(platform);
  const isWindows = platform === "win32";
  for (const directory of await trustedPath(environment)) {
    for (const name of namesOf(platform, program)) {
      const file = rules.join(directory, name);
      const mayRun = await fs.stat(file).then(
        (info) => info.isFile() && (isWindows || (info.mode & 0o111) !== 0),
        (error: unknown) => isWindows && isAlias(error),
      );
      if (mayRun && (await isTrustedProgram(environment, file))) return file;
    }
  }
  return undefined;
}

/** What a started program gets: it may start others by name, as `codex` starts `node`. */
export function variablesFor(
  { variables, platform }: ClientEnvironment,
  directories: readonly string[],
): Record<string, string | undefined> {
  const others = Object.entries(variables).filter(([name]) => !/^path$/i.test(name));
  return {
    ...Object.fromEntries(others),
    PATH: directories.join(pathRules(platform).delimiter),
    // Windows would look into the current directory before the PATH.
    NoDefaultCurrentDirectoryInExePath: "1",
  };
}
