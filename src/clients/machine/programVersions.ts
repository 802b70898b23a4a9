import { execFile } from "node:child_process";
import * as path from "node:path";
import type { ClientEnvironment } from "../client";
import { programsIn, trustedPath, variablesFor } from "./searchPath";

/** A program that has not answered by then is treated as unknown. */
const ANSWER_LIMIT_MS = 2_000;

/** Of a program that gives no version, not in time, or cannot be started. */
const UNKNOWN = "0.0.0";

/**
 * Asks every program of this name on the PATH for its version.
 * @returns versions such as "0.169.0"; "0.0.0" for a program of which it is not known
 */
export async function programVersions(environment: ClientEnvironment, program: string): Promise<string[]> {
  const directories = await trustedPath(environment);
  const found = await programsIn(environment, directories, program);
  return Promise.all(found.map((file) => askVersion(environment, directories, file)));
}

function askVersion(
  environment: ClientEnvironment,
  directories: readonly string[],
  file: string,
): Promise<string> {
  const viaShell = environment.platform === "win32" && file.toLowerCase().endsWith(".cmd");
  const env = variablesFor(environment, directories);
  const options = { timeout: ANSWER_LIMIT_MS, cwd: path.dirname(file), env, shell: viaShell };
  return new Promise((resolve) => {
    const answered = (_error: unknown, stdout: string) => {
      resolve(/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? UNKNOWN);
    };
    try {
      execFile(viaShell ? `"${file}"` : file, ["--version"], options, answered);
    } catch {
      // Node throws at once for a program that is being written just now, and for scripts on Windows.
      resolve(UNKNOWN);
    }
  });
}

/** Compares dotted numbers; pre-release tags were cut off before. */
export function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) >= 0;
}
