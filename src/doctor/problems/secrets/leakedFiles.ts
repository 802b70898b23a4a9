import { rangeOf, type TextRange } from "../../../changes/document/edits/textEdit";
import { decode } from "../../../changes/document/sourceText";
import { type FileSystem, readUserFile } from "../../../changes/disk/userFile";
import { type AskGit, type GitFact, inspectGit } from "./gitFacts";
import type { KeyPlace } from "./keySearch";
import { placesOfKeys } from "./keyInText";

/** A place of the key with what its fix needs. Holds the file's text: never log, store or show it. */
export interface LeakedFile extends KeyPlace {
  /** The first place of the key; absent where the file on disk no longer holds it. */
  readonly range?: TextRange;
  /** The file without byte order mark; absent where it is not encoded in UTF-8. */
  readonly text?: string;
  readonly byteOrderMark?: boolean;
  /** How Git sees a file that is not tracked. */
  readonly git?: GitFact;
}

/** Reads the files again: what is found in a search may have been fixed since. */
export async function readLeakedFiles(
  fs: FileSystem,
  askGit: AskGit | undefined,
  places: readonly KeyPlace[],
  apiKeys: readonly string[],
): Promise<LeakedFile[]> {
  if (apiKeys.length === 0) return [];
  const leaks: LeakedFile[] = [];
  for (const { path, stage } of places) {
    const content = await readText(fs, path);
    const [first] = placesOfKeys(content?.text ?? "", apiKeys);
    const isOnDiskOnly = stage === "untracked" || stage === "changed";
    if (content && !first && isOnDiskOnly) continue;
    const [git] = stage === "untracked" ? ((await inspectGit(askGit, fs, [path])) ?? []) : [];
    if (git?.ignored) continue;
    leaks.push({
      path,
      stage,
      ...content,
      ...(content && first && { range: rangeOf(content.text, first) }),
      ...(git && { git }),
    });
  }
  return leaks;
}

/** @returns undefined for a file that cannot be edited as a text */
async function readText(fs: FileSystem, path: string) {
  try {
    const file = await readUserFile(fs, path);
    return file ? decode(file.bytes) : { text: "", byteOrderMark: false };
  } catch {
    return undefined;
  }
}
