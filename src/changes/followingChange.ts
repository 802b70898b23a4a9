import type { EditedFile, FileChange, ReplacedFile } from "./plan";

/**
 * One change of a file that does what two do one after the other.
 * @param after what the file holds after both
 */
export function followingChange(
  first: FileChange,
  next: FileChange,
  after: Uint8Array | undefined,
): FileChange {
  const credential = first.credential || next.credential;
  if (next.kind === "replace") return { ...next, credential };
  if (first.kind === "replace") return { ...replaced(first, next, after), credential };
  return { ...first, ...next, ...newTextOf(first), credential, edits: [...first.edits, ...next.edits] };
}

/** A file without keys is one that could not be read as it was: nothing in it can be undone by key. */
function replaced(first: ReplacedFile, next: EditedFile, content: Uint8Array | undefined): ReplacedFile {
  const { keys } = first;
  if (!keys) return { ...first, content };
  return { ...first, content, keys: { format: next.format, edits: [...keys.edits, ...next.edits] } };
}

/** Who edits first made the file. */
function newTextOf({ newFileText }: EditedFile) {
  return newFileText === undefined ? {} : { newFileText };
}
