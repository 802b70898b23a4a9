import { isWithin } from "../../changes/spelling";
import type { ClientEnvironment } from "../client";
import { pathRules } from "./pathRules";

/**
 * The directories of the PATH from which a program may be started. Left out are relative ones, which mean whatever
 * folder happens to be open, and those inside a folder that is open: tools such as direnv put them there, and
 * whoever made the folder would choose what runs.
 */
export async function trustedPath(environment: ClientEnvironment): Promise<string[]> {
  const rules = pathRules(environment.platform);
  const name = Object.keys(environment.variables).find((each) => /^path$/i.test(each)) ?? "PATH";
  const directories = (environment.variables[name] ?? "").split(rules.delimiter);
  const trusted = await Promise.all(directories.map((each) => isTrustedProgram(environment, each)));
  return [...new Set(directories.filter((_, index) => trusted[index]))];
}

/** Neither the path as it is named nor the real one, behind links, may lie in a folder that is open. */
export async function isTrustedProgram(
  { fs, platform, foreignFolders = [] }: ClientEnvironment,
  program: string,
): Promise<boolean> {
  const rules = pathRules(platform);
  const real = (path: string) => fs.realpath(path).catch(() => path);
  const places = [program, await real(program)];
  const folders = [...foreignFolders, ...(await Promise.all(foreignFolders.map(real)))];
  return places.every(
    (place) => rules.isAbsolute(place) && !folders.some((folder) => isWithin(folder, place)),
  );
}

/** The programs of a name in directories of the PATH, by their real absolute paths, in the order of the PATH. */
export async function programsIn(
  environment: ClientEnvironment,
  directories: readonly string[],
  program: string,
): Promise<string[]> {
  const { fs, platform } = environment;
  const rules = pathRules(platform);
  const names = platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  const found = new Set<string>();
  for (const directory of directories) {
    for (const name of names) {
      const file = await fs.realpath(rules.join(directory, name)).catch(() => undefined);
      if (file !== undefined && (await isTrustedProgram(environment, file))) found.add(file);
    }
  }
  return [...found];
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
  const names = platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const directory of await trustedPath(environment)) {
    for (const name of names) {
      const file = rules.join(directory, name);
      const info = await fs.stat(file).catch(() => undefined);
      const mayRun = info?.isFile() && (platform === "win32" || (info.mode & 0o111) !== 0);
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
