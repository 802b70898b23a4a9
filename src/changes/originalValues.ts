import { type ChangeStore, hashOf, hashValue, type JournalEdit, type JournalFile } from "./changeStore";
import { readJournal } from "./journal";
import type { KeyPath } from "./keyEdit";
import { rawValueAt, readDocument } from "./readDocument";
import { decode } from "./sourceText";
import { readUserFile } from "./userFile";
import { valueAt } from "./valueAt";

interface Original {
  /** Hash of our latest value of the key; undefined: we took it out. */
  readonly ours: string | undefined;
  /** The user's own spelling before our first write in a row; undefined: the key was not there. */
  readonly raw: string | undefined;
}

/**
 * Looks up in the journal what stood at a key before we wrote it.
 * @returns a function that gives the original text or "absent", and undefined where the value on disk is
 * not (or no longer) ours; for a key that is not there, the text of one that we took out
 */
export async function readOriginalValues(
  store: ChangeStore,
): Promise<(file: string, path: KeyPath, current: unknown) => string | undefined> {
  const originals = new Map<string, Original>();
  for (const entry of await readJournal(store)) {
    for (const file of entry.files) await follow(store, file, originals);
  }
  return (file, path, current) => {
    const original = originals.get(JSON.stringify([file, path]));
    if (!original || hashOf(current) !== original.ours) return undefined;
    return original.raw ?? (current === undefined ? undefined : "absent");
  };
}

/**
 * A chain of our own writes keeps the first original; a value of the user's in between starts a new chain.
 * Where the backup is gone nothing speaks against the chain going on.
 */
async function follow(
  store: ChangeStore,
  file: JournalFile,
  originals: Map<string, Original>,
): Promise<void> {
  const { format } = file;
  if (!format) return;
  const saved = file.backup ? await readUserFile(store.fs, file.backup) : undefined;
  const text = saved && decode(saved.bytes).text;
  const document = text === undefined ? undefined : readDocument(format, text);
  for (const edit of file.edits) {
    const key = JSON.stringify([file.path, edit.path]);
    const known = originals.get(key);
    const before = valueAt(document, edit.path);
    const continues = (file.backup && !saved) || wasOurs(before, edit, known);
    const raw = text === undefined ? undefined : rawValueAt(format, text, edit.path);
    originals.set(key, { ours: edit.valueHash, raw: continues ? known?.raw : raw });
  }
}

function wasOurs(before: unknown, { secret }: JournalEdit, known: Original | undefined): boolean {
  if (known?.ours === undefined || before === undefined) return false;
  // Removing the API key leaves an empty value in the backups.
  return hashValue(before) === known.ours || (secret === true && before === "");
}
