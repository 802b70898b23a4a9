import * as path from "node:path";

/** Path rules of the platform that the clients run on, which in tests is not the one that the test runs on. */
export function pathRules(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}
