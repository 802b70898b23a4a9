import * as path from "node:path";

/** Path rules of the platform that the clients run on, which in tests is not the one that the test runs on. */
export function pathRules(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}

/** Whether a place lies in a folder, or is the folder itself. */
export function isWithin(rules: path.PlatformPath, folder: string, place: string): boolean {
  const way = rules.relative(folder, place);
  return way !== ".." && !way.startsWith(`..${rules.sep}`) && !rules.isAbsolute(way);
}
