import { execFile } from "node:child_process";
import type { GitAnswer } from "../doctor/gitFacts";

const ANSWER_LIMIT_MS = 5_000;

/** Runs Git in a directory; undefined when there is no Git. The repository's own hooks and monitors stay off. */
export function runGit(directory: string, args: readonly string[]): Promise<GitAnswer> {
  const safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
  // An inherited GIT_DIR would make Git answer for another repository.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const env = { ...Object.fromEntries(inherited), GIT_OPTIONAL_LOCKS: "0" };
  return new Promise((resolve) => {
    execFile(
      "git",
      [...safe, ...args],
      { cwd: directory, env, timeout: ANSWER_LIMIT_MS },
      (error, stdout) => {
        if (!error) resolve({ code: 0, output: stdout });
        else resolve(typeof error.code === "number" ? { code: error.code, output: stdout } : undefined);
      },
    );
  });
}
