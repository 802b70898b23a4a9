import { execFile } from "node:child_process";
import * as path from "node:path";
import type { ClientEnvironment } from "./client";

/** A program that has not answered by then is treated as unknown. */
const ANSWER_LIMIT_MS = 2_000;

/** Of a program that gives no version, not in time, or cannot be started. */
const UNKNOWN = "0.0.0";

/**
 * Asks every program of this name on the PATH for its version.
 * @returns versions such as "0.169.0"; "0.0.0" for a program of which it is not known
 */
export async function programVersions(environment: ClientEnvironment, program: string): Promise<string[]> {
  const found = await findOnPath(environment, program);
  return Promise.all(found.map((file) => askVersion(environment, file)));
}

async function findOnPath(environment: ClientEnvironment, program: string): Promise<string[]> {
  const { fs, variables, platform } = environment;
  const names = platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  const delimiter = platform === "win32" ? ";" : ":";
  const found = new Set<string>();
  for (const directory of (variables.PATH ?? "").split(delimiter)) {
    // A relative entry would run whatever the open workspace happens to contain.
    if (!path.isAbsolute(directory)) continue;
    for (const name of names) {
      const file = await fs.realpath(path.join(directory, name)).catch(() => undefined);
      if (file) found.add(file);
    }
  }
  return [...found];
}

function askVersion(environment: ClientEnvironment, file: string): Promise<string> {
  const viaShell = environment.platform === "win32" && file.toLowerCase().endsWith(".cmd");
  const options = { timeout: ANSWER_LIMIT_MS, env: { ...environment.variables }, shell: viaShell };
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
