import { execFile } from "node:child_process";
import * as path from "node:path";

/** The first start of a distribution takes a while. */
const ANSWER_LIMIT_MS = 10_000;

/**
 * Runs a shell script in the default distribution of this Windows machine.
 * @returns what it printed; undefined when there is no WSL, or it does not answer
 */
export function askWsl(script: string): Promise<string | undefined> {
  // Without WSL_UTF8 the messages of wsl.exe itself are UTF-16.
  // By its name alone it could be one that lies in the current directory.
  const system = path.win32.join(process.env.SystemRoot ?? "C:\\Windows", "System32");
  const options = {
    cwd: system,
    timeout: ANSWER_LIMIT_MS,
    env: { ...process.env, WSL_UTF8: "1" },
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile(
      path.win32.join(system, "wsl.exe"),
      ["--exec", "sh", "-lc", script],
      options,
      (error, stdout) => {
        resolve(error ? undefined : stdout);
      },
    );
  });
}
