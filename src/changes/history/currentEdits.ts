import { type ChangeStore, hashOf, type JournalEdit, type JournalEntry, type JournalFile } from "../store";
import { identitiesIn } from "./fileIdentities";
import { readJournal } from "./journal";
import { samePath, startsWith } from "../document/edits/keyEdit";
import { documentIn } from "../document/readDocument";
import { undoableEntries } from "./undoableEntries";
import { readUserFile } from "../disk/userFile";
import { valueAt } from "../document/valueAt";

/**
 * The edits of a change with the values that stand there by now if nobody but us wrote them: later changes of
 * ours may have put others in their place. A value of the user's in between ends that, because undoing the
 * earlier change must not skip it.
 */
export async function currentEdits(
  store: ChangeStore,
  entry: JournalEntry,
  file: JournalFile,
): Promise<JournalFile> {
  // An undo leaves the user's own values.
  if (entry.undoes !== undefined) return file;
  const journal = await readJournal(store);
  const identityOf = identitiesIn(journal.flatMap(({ files }) => files));
  const standing = undoableEntries(journal).filter(({ undoes }) => undoes === undefined);
  const own = standing.findIndex(({ id }) => id === entry.id);
  const later = standing.slice(0, Math.max(0, own)).reverse();
  let { edits } = file;
  const isSame = (other: JournalFile) => identityOf(other) === identityOf(file);
  for (const next of later.flatMap(({ files }) => files).filter(isSame)) {
    // TokenPool was removed, and the user's own values are back.
    if (takesOut(next.edits, edits)) break;
    const saved = next.backup ? await readUserFile(store.fs, next.backup) : undefined;
    // Where the backup is gone nothing speaks against ours having stood there.
    const isUnknown = next.backup !== undefined && !saved;
    const document = next.format && documentIn(next.format, saved?.bytes);
    edits = edits.map((edit) => {
      const replacing = next.edits.find(({ path }) => samePath(path, edit.path));
      const continues = isUnknown || isOurs(valueAt(document, edit.path), edit);
      return replacing && continues ? replacing : edit;
    });
  }
  return { ...file, edits };
}

function takesOut(later: readonly JournalEdit[], edits: readonly JournalEdit[]): boolean {
  const removed = later.filter(({ valueHash }) => valueHash === undefined);
  const set = edits.filter(({ valueHash }) => valueHash !== undefined);
  return removed.some((removal) => set.some(({ path }) => startsWith(path, removal.path)));
}

function isOurs(value: unknown, { valueHash, secret }: JournalEdit): boolean {
  // Removing the API key leaves an empty value in the backups.
  return hashOf(value) === valueHash || (secret === true && value === "");
}
