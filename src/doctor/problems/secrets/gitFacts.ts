import * as path from "node:path";
import { readTextIfAny } from "../../../changes/disk/readBytes";
import type { FileSystem } from "../../../changes/disk/userFile";

/** Git's own has 240 bytes. */
const LARGEST_EXCLUDE_BYTES = 256 * 1024;

/** What Git says about one file of a work tree. All paths are absolute. */
export interface GitAnswer {
  readonly workTree: string;
  /** The ignore file that belongs to this clone alone. */
  readonly exclude: string;
  readonly tracked: boolean;
  /** It is in the commit that is checked out. */
  readonly committed: boolean;
  readonly ignored: boolean;
}

/** Asks about a file by its real path. @returns undefined where it lies in no work tree that is known */
export type AskGit = (file: string) => Promise<GitAnswer | undefined>;

/** How Git sees one file of a work tree. */
export interface GitFact {
  readonly path: string;
  readonly tracked: boolean;
  /** It is in the commit that is checked out. */
  readonly committed: boolean;
  readonly ignored: boolean;
  /** The ignore file that belongs to this clone alone, so nobody else is bothered by a change of it. */
  readonly exclude: { readonly path: string; readonly text: string };
  /** The line for that file which names exactly this one. */
  readonly excludeLine: string;
}

/** Asks Git about files. @returns the ones in a work tree; undefined when there is no Git to ask */
export async function inspectGit(
  askGit: AskGit | undefined,
  fs: FileSystem,
  files: readonly string[],
): Promise<GitFact[] | undefined> {
  const facts: GitFact[] = [];
  for (const file of files) {
    // Behind a link the file may lie in a work tree, such as a collection of dotfiles.
    const real = await fs.realpath(file).catch(() => undefined);
    if (real === undefined) continue;
    if (!askGit) return undefined;
    // A line break in a path would write a second pattern into the exclude file.
    if (/[\r\n]/.test(real)) continue;
    const answer = await askGit(real);
    if (!answer) continue;
    const { workTree, exclude: excludePath, tracked, committed, ignored } = answer;
    facts.push({
      path: file,
      tracked,
      committed,
      ignored,
      exclude: {
        path: excludePath,
        text: (await readTextIfAny(fs, excludePath, LARGEST_EXCLUDE_BYTES)) ?? "",
      },
      excludeLine: patternFor(path.relative(workTree, real)),
    });
  }
  return facts;
}

/** A pattern from the root of the work tree, with everything escaped that Git would interpret. */
function patternFor(relative: string): string {
  const slashes = relative.split(path.sep).join("/");
  return `/${slashes.replace(/[\\*?[\]]/g, "\\$&").replace(/ $/, "\\ ")}`;
}
