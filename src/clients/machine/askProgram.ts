import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { ClientEnvironment } from "../client";
import { commandPrompt } from "./inShell";
import { variablesFor } from "./searchPath";

/** What a program answered, without colours. */
export interface ProgramAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined where it was stopped because it took too long. */
  readonly exitCode: number | undefined;
}

export interface ProgramQuestion {
  /** Real absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  /** Directories of the PATH that the program may start others from. */
  readonly directories: readonly string[];
  /** Where it works: never an open folder, which may hold configuration of its own. */
  readonly workingDirectory: string;
  /** Variables on top of the environment's. */
  readonly variables: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly limit: number;
}

/** For a program that was told to end: time for it to end those that it started itself, as npm's wrappers do. */
const LAST_WORDS_MS = 500;

/** Codex's catalogue of models has 0.75 MB, and Node's own limit is one. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** @returns undefined for a program that cannot be started, which is no error: nobody knows then */
export function askProgram(
  environment: ClientEnvironment,
  { file, args, directories, workingDirectory, variables, limit }: ProgramQuestion,
): Promise<ProgramAnswer | undefined> {
  const isScript = environment.platform === "win32" && file.toLowerCase().endsWith(".cmd");
  const env = {
    ...variablesFor(environment, directories),
    ...variables,
    // In a script's path a percent sign would begin a variable; what a variable holds is taken as it is.
    ...(isScript && { TOKENPOOL_PROGRAM: file }),
  };
  const options = {
    timeout: limit,
    cwd: workingDirectory,
    env,
    shell: isScript && commandPrompt(environment),
    maxBuffer: LARGEST_ANSWER_BYTES,
  };
  return new Promise((resolve) => {
    try {
      const child = execFile(
        isScript ? '"%TOKENPOOL_PROGRAM%"' : file,
        args,
        options,
        (error, stdout, stderr) => {
          clearTimeout(end);
          if (error && typeof error.code !== "number" && !error.killed) resolve(undefined);
          else {
            resolve({
              stdout: stripVTControlCharacters(stdout),
              stderr: stripVTControlCharacters(stderr),
              exitCode: error ? (typeof error.code === "number" ? error.code : undefined) : 0,
            });
          }
        },
      );
      // A program may not heed that it shall end, and nobody must wait for it for ever.
      const end = setTimeout(() => child.kill("SIGKILL"), limit + LAST_WORDS_MS);
      // Whoever waits for input would wait until the limit.
      child.stdin?.end();
    } catch {
      // Node throws at once for a program that is being written just now, and for scripts on Windows.
      resolve(undefined);
    }
  });
}

/** A folder for what a program writes while it is asked: nothing of a look may stay. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-"));
  try {
    return await use(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
