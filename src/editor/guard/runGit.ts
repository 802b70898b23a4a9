import { execFile } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import type { AskGit } from "../../doctor/problems/secrets/gitFacts";

export const ANSWER_LIMIT_MS = 5_000;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** Whatever a repository's own configuration could start on the way of a question is off. */
const HARMLESS = [
  "--no-pager",
  ...["core.fsmonitor=false", `core.hooksPath=${os.devNull}`, "core.sshCommand=", "core.askPass="],
  ...["credential.helper=", "diff.external=", "gc.auto=0", "maintenance.auto=false"],
].flatMap((each) => (each.startsWith("--") ? [each] : ["-c", each]));

/**
 * Asks by starting Git: once for a file in no work tree, else five times.
 * @param program absolute path of Git
 */
export function askByRunning(program: string): AskGit {
  return async (file) => {
    const directory = path.dirname(file);
    const name = path.basename(file);
    const run = (...args: string[]) => runGit(program, directory, args);
    // One answer for each question: a directory's name may hold a line break.
    const workTree = await run("rev-parse", "--show-toplevel");
    if (!workTree) return undefined;
    const [exclude, ...answers] = await Promise.all([
      run("rev-parse", "--git-path", "info/exclude"),
      run("ls-files", "--error-unmatch", "--", name),
      run("cat-file", "-e", `HEAD:./${name}`),
      run("check-ignore", "--quiet", "--", name),
    ]);
    if (!exclude) return undefined;
    const [tracked, committed, ignored] = answers.map((answer) => answer !== undefined);
    return {
      workTree: path.resolve(lineOf(workTree)),
      exclude: path.resolve(directory, lineOf(exclude)),
      tracked: tracked === true,
      committed: committed === true,
      ignored: ignored === true,
    };
  };
}

/** What a search through a commit has found. */
export interface CommitSearch {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** False: Git gave up or failed, so there may be more. */
  readonly isComplete: boolean;
}

/** Git's exit code where it cannot do what it was asked for, such as searching by a Perl pattern. */
const FAILED = 128;

/** In UTF-16 each letter has a NUL beside it. @param text printable ASCII, as keys are */
function withGaps(text: string): string {
  return text
    .replace(/\W/g, (each) => `\\x{${each.charCodeAt(0).toString(16)}}`)
    .replace(/\\x\{\w+\}|\w/g, "$&\\x00?");
}

/**
 * Files that hold one of some texts in the commit that is checked out; they go to Git by its standard input, because every
 * program on the machine can read what another one was started with.
 * @param program absolute path of Git
 * @param folder absolute path of the work tree's top
 */
export async function filesInCommit(
  program: string,
  folder: string,
  ...texts: readonly string[]
): Promise<CommitSearch> {
  const search = (kind: string, patterns: readonly string[]) =>
    startGit(
      program,
      folder,
      ["grep", "--no-textconv", "--no-color", "-l", "-z", kind, "-f", "-", "HEAD"],
      patterns.map((pattern) => `${pattern}\n`).join(""),
    );
  const inAnyEncoding = await search("-P", texts.map(withGaps));
  const { exitCode, output } = inAnyEncoding.exitCode === FAILED ? await search("-F", texts) : inAnyEncoding;
  // Each name ends in NUL, so what comes after the last one was cut off.
  const names = output.split("\0").slice(0, -1);
  const files = names.map((name) => path.join(folder, name.replace(/^HEAD:/, "")));
  // 1: found nowhere.
  return { files, isComplete: exitCode === 0 || exitCode === 1 };
}

/** @returns what Git printed; undefined when it could not be started, failed or said no */
async function runGit(
  program: string,
  directory: string,
  args: readonly string[],
): Promise<string | undefined> {
  const { exitCode, output } = await startGit(program, directory, args);
  return exitCode === 0 ? output : undefined;
}

interface GitAnswer {
  /** undefined: not started, or ended because it took too long or said too much. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

/**
 * Starts Git with everything off by which a repository starts programs; it ends after a time, or a lot of output.
 * @param limit ends it earlier, where several questions have one time together
 */
export function startGit(
  program: string,
  directory: string,
  args: readonly string[],
  input = "",
  encoding: BufferEncoding = "utf8",
  limit?: AbortSignal,
): Promise<GitAnswer> {
  // An inherited GIT_DIR would make Git answer for another repository.
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    // A missing object of a partial clone would be fetched, by any program the repository names. Git before
    // 2.44 knows the first alone.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    // Windows would look for Git's own helpers there first.
    NoDefaultCurrentDirectoryInExePath: "1",
  };
  const limits = { timeout: ANSWER_LIMIT_MS, maxBuffer: LARGEST_OUTPUT };
  const options = { cwd: path.dirname(program), env, encoding, ...limits, ...(limit && { signal: limit }) };
  return new Promise((resolve) => {
    const git = execFile(program, ["-C", directory, ...HARMLESS, ...args], options, (error, stdout) => {
      const exitCode = !error ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ exitCode, output: stdout });
    });
    // Git may be gone before it has read anything.
    git.stdin?.on("error", () => undefined).end(input);
  });
}

function lineOf(output: string): string {
  return output.replace(/\r?\n$/, "");
}
