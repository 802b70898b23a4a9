import { execFile } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import type { AskGit } from "../../doctor/problems/secrets/gitFacts";

const ANSWER_LIMIT_MS = 5_000;

/** Whatever a repository's own configuration could start on the way of a question is off. */
const HARMLESS = [
  "--no-pager",
  ...["core.fsmonitor=false", `core.hooksPath=${os.devNull}`, "core.sshCommand=", "core.askPass="],
  ...["credential.helper=", "diff.external=", "gc.auto=0", "maintenance.auto=false"],
].flatMap((each) => (each.startsWith("--") ? [each] : ["-c", each]));

/**
 * Asks by starting Git, five times for each file.
 * @param program absolute path of Git
 */
export function askByRunning(program: string): AskGit {
  return async (file) => {
    const directory = path.dirname(file);
    const name = path.basename(file);
    const run = (...args: string[]) => runGit(program, directory, args);
    // One answer for each question: a directory's name may hold a line break.
    const workTree = await run("rev-parse", "--show-toplevel");
    const exclude = await run("rev-parse", "--git-path", "info/exclude");
    if (!workTree || !exclude) return undefined;
    return {
      workTree: path.resolve(lineOf(workTree)),
      exclude: path.resolve(directory, lineOf(exclude)),
      tracked: (await run("ls-files", "--error-unmatch", "--", name)) !== undefined,
      committed: (await run("cat-file", "-e", `HEAD:./${name}`)) !== undefined,
      ignored: (await run("check-ignore", "--quiet", "--", name)) !== undefined,
    };
  };
}

/**
 * Files that hold a text in the commit that is checked out; it goes to Git by its standard input, because every
 * program on the machine can read what another one was started with.
 * @param program absolute path of Git
 * @param folder absolute path of the work tree's top
 * @returns absolute paths
 */
export async function filesInCommit(program: string, folder: string, text: string): Promise<string[]> {
  const args = ["grep", "--no-textconv", "--no-color", "-l", "-z", "-F", "-f", "-", "HEAD"];
  const found = (await runGit(program, folder, args, `${text}\n`)) ?? "";
  const names = found.split("\0").map((name) => name.replace(/^HEAD:/, ""));
  return names.filter((name) => name !== "").map((name) => path.join(folder, name));
}

/** @returns what Git printed; undefined when it could not be started, failed or said no */
function runGit(
  program: string,
  directory: string,
  args: readonly string[],
  input = "",
): Promise<string | undefined> {
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
  const options = { cwd: path.dirname(program), env, timeout: ANSWER_LIMIT_MS };
  return new Promise((resolve) => {
    const git = execFile(program, ["-C", directory, ...HARMLESS, ...args], options, (error, stdout) => {
      resolve(error ? undefined : stdout);
    });
    // Git may be gone before it has read anything.
    git.stdin?.on("error", () => undefined).end(input);
  });
}

function lineOf(output: string): string {
  return output.replace(/\r?\n$/, "");
}
