import * as path from "node:path";
import { readTextIfAny } from "../changes/readBytes";
import type { FileSystem } from "../changes/userFile";

/** Git's own has 240 bytes. */
const LARGEST_EXCLUDE_BYTES = 256 * 1024;

/** What Git says: its exit code and standard output; undefined when it could not be started. */
export type GitAnswer = { readonly code: number; readonly output: string } | undefined;

/** Runs Git in a directory. */
export type RunGit = (directory: string, args: readonly string[]) => Promise<GitAnswer>;

/** How Git sees one file of a work tree. */
export interface GitFact {
  readonly path: string;
  readonly tracked: boolean;
  readonly ignored: boolean;
  /** The ignore file that belongs to this clone alone, so nobody else is bothered by a change of it. */
  readonly exclude: { readonly path: string; readonly text: string };
  /** The line for that file which names exactly this one. */
  readonly excludeLine: string;
}

/** Asks Git about files. @returns the ones in a work tree; undefined when there is no Git */
export async function inspectGit(
  runGit: RunGit,
  fs: FileSystem,
  files: readonly string[],
): Promise<GitFact[] | undefined> {
  const facts: GitFact[] = [];
  for (const file of files) {
    // Behind a link the file may lie in a work tree, such as a collection of dotfiles.
    const real = await fs.realpath(file).catch(() => undefined);
    if (real === undefined) continue;
    const answer = await runGit(path.dirname(real), [
      "rev-parse",
      "--show-toplevel",
      "--git-path",
      "info/exclude",
    ]);
    if (!answer) return undefined;
    const [workTree, exclude, ...rest] = answer.output.split(/\r?\n/);
    // A line break in a path would name another exclude file, or write a second pattern into it.
    const isPlain = !/[\r\n]/.test(real) && rest.every((line) => line === "");
    if (answer.code === 0 && workTree && exclude && isPlain)
      facts.push(await factOf(runGit, fs, { file, real, workTree, exclude }));
  }
  return facts;
}

interface Place {
  readonly file: string;
  readonly real: string;
  readonly workTree: string;
  /** Relative to the file's directory, or absolute. */
  readonly exclude: string;
}

async function factOf(
  runGit: RunGit,
  fs: FileSystem,
  { file, real, workTree, exclude }: Place,
): Promise<GitFact> {
  const directory = path.dirname(real);
  const name = path.basename(real);
  const tracked = await runGit(directory, ["ls-files", "--error-unmatch", "--", name]);
  const ignored = await runGit(directory, ["check-ignore", "--quiet", "--", name]);
  const excludePath = path.resolve(directory, exclude);
  return {
    path: file,
    tracked: tracked?.code === 0,
    ignored: ignored?.code === 0,
    exclude: { path: excludePath, text: (await readTextIfAny(fs, excludePath, LARGEST_EXCLUDE_BYTES)) ?? "" },
    excludeLine: patternFor(path.relative(path.resolve(workTree), real)),
  };
}

/** A pattern from the root of the work tree, with everything escaped that Git would interpret. */
function patternFor(relative: string): string {
  const slashes = relative.split(path.sep).join("/");
  return `/${slashes.replace(/[\\*?[\]]/g, "\\$&").replace(/ $/, "\\ ")}`;
}
