import * as path from "node:path";
import { realPlaceOf } from "../disk/atomicWrite";
import { readUserFile } from "../disk/userFile";
import { type KeyPath, samePath, startsWith } from "../document/edits/keyEdit";
import { documentIn, type RawValue, rawValuesIn } from "../document/readDocument";
import { decode } from "../document/sourceText";
import { valueAt } from "../document/valueAt";
import {
  backupFolder,
  type ChangeStore,
  type FilePlace,
  hashOf,
  hashValue,
  identityOf,
  type JournalEdit,
  type JournalEntry,
  type JournalFile,
} from "../store";
import { isSamePlace } from "../spelling";
import { identitiesIn } from "./fileIdentities";
import { readJournal } from "./journal/journal";
import { undoableEntries } from "./undoableEntries";

/**
 * The journal with what stood there before noted in every edit. Changes of the version before noted nothing, so
 * for them it is made up from their backups; where such a backup is gone, `before` stays unknown.
 */
export async function readHistory(store: ChangeStore): Promise<readonly JournalEntry[]> {
  const history: JournalEntry[] = [];
  for (const entry of await readJournal(store)) {
    const files: JournalFile[] = [];
    for (const file of entry.files) {
      const isNoted = file.edits.every(({ before }) => before !== undefined);
      files.push(isNoted ? file : noteBefore(history, file, await bytesBefore(store, file)));
    }
    history.push({ ...entry, files });
  }
  return history;
}

async function bytesBefore(store: ChangeStore, { backup }: JournalFile): Promise<BytesBefore> {
  if (backup === undefined) return undefined;
  return (await readUserFile(store.fs, backup))?.bytes ?? "unknown";
}

/**
 * What a file held before a change: its backup, or the file itself where the change left it alone.
 * @returns undefined where there was none, or where nobody knows any more
 */
export async function readBefore(
  store: ChangeStore,
  entry: JournalEntry,
  file: string,
): Promise<Uint8Array | undefined> {
  const real = identityOf({ path: file, realPath: await realPlaceOf(store.fs, file) });
  const changed = entry.files.find((each) => isSamePlace(each.path, file) || identityOf(each) === real);
  if (!changed) return (await readUserFile(store.fs, file))?.bytes;
  const bytes = await bytesBefore(store, changed);
  return bytes === "unknown" ? undefined : bytes;
}

/** Undefined: there was no file. */
type BytesBefore = Uint8Array | undefined | "unknown";

/**
 * Notes with each edit what stood there, and which backup holds the user's own text: the copy made now, or for a
 * value that was already ours the one that its last change named. So nobody has to follow the chain later, when
 * links of it may be gone, and take a value of ours for the user's.
 * @param history all earlier entries, oldest first, as `readHistory` gives them
 */
export function noteBefore(
  history: readonly JournalEntry[],
  file: JournalFile,
  bytes: BytesBefore,
): JournalFile {
  if (!file.format) return file;
  const document = bytes === "unknown" ? undefined : documentIn(file.format, bytes);
  const latest = latestEdits([...history.flatMap(({ files }) => files), { ...file, edits: [] }]);
  const edits = file.edits.map((edit): JournalEdit => {
    const before = bytes === "unknown" ? undefined : (hashOf(valueAt(document, edit.path)) ?? null);
    const last = latest(file, edit.path)?.edit;
    const isInARow = last?.original && last.valueHash !== undefined && continues(before, last);
    const backup = before === null || file.backup === undefined ? undefined : path.basename(file.backup);
    const own = backup === undefined ? {} : { backup };
    const noted = { ...edit, original: edit.original ?? (isInARow ? last.original : own) };
    return before === undefined ? noted : { ...noted, before };
  });
  return { ...file, edits };
}

const EMPTY_TEXT = hashValue("");

/** What stood there before is what the earlier change left. Where nobody knows, nothing speaks against it. */
function continues(before: JournalEdit["before"], { valueHash, secret }: JournalEdit): boolean {
  if (before === undefined || before === (valueHash ?? null)) return true;
  // Removing the API key leaves an empty value in the backups.
  return secret === true && before === EMPTY_TEXT;
}

interface LatestEdit {
  readonly file: JournalFile;
  readonly edit: JournalEdit;
}

/** @param files oldest first */
function latestEdits(files: readonly JournalFile[]) {
  const identityOf = identitiesIn(files);
  const idOf = (place: FilePlace, key: KeyPath) => JSON.stringify([identityOf(place), key]);
  const latest = new Map<string, LatestEdit>();
  for (const file of files) for (const edit of file.edits) latest.set(idOf(file, edit.path), { file, edit });
  return (place: FilePlace, key: KeyPath) => latest.get(idOf(place, key));
}

/**
 * Looks up in the journal what stood at a key before we wrote it.
 * @returns a function that gives the original value or "absent", and undefined where the value on disk is
 * not (or no longer) ours; for a key that is not there, the text of one that we took out
 */
export async function readOriginalValues(
  store: ChangeStore,
): Promise<(file: FilePlace, key: KeyPath, current: unknown) => RawValue | "absent" | undefined> {
  const files = (await readHistory(store)).flatMap((entry) => entry.files);
  const latest = latestEdits(files);
  const backups = new Map<string, string>();
  for (const name of new Set(files.flatMap(({ edits }) => edits.map(({ original }) => original?.backup)))) {
    const saved = name && (await readUserFile(store.fs, path.join(backupFolder(store), name)));
    if (saved) backups.set(name, decode(saved.bytes).text);
  }
  return (place, key, current) => {
    const { file: { format } = {}, edit } = latest(place, key) ?? {};
    if (!format || hashOf(current) !== edit?.valueHash) return undefined;
    const absent = current === undefined ? undefined : "absent";
    const { backup } = edit?.original ?? {};
    if (backup === undefined) return absent;
    const text = backups.get(backup);
    // Without its backup nobody knows what the user had, so nothing is put back or taken out.
    if (text === undefined) return undefined;
    return rawValuesIn(format, text)(key).find((value) => samePath(value.path, key)) ?? absent;
  };
}

/**
 * The edits of a change with the values that stand there by now if nobody but us wrote them: later changes of
 * ours may have put others in their place. A value of the user's in between ends that, because undoing the
 * earlier change must not skip it.
 * @param history as `readHistory` gives it
 */
export function currentEdits(
  history: readonly JournalEntry[],
  entry: JournalEntry,
  file: JournalFile,
): JournalFile {
  const identityOf = identitiesIn(history.flatMap(({ files }) => files));
  // An undo leaves the user's own values: nothing of ours follows it, and it follows nothing.
  const standing = undoableEntries(history).filter(({ undoes }) => undoes === undefined);
  const own = standing.findIndex(({ id }) => id === entry.id);
  const later = standing.slice(0, Math.max(0, own)).reverse();
  let { edits } = file;
  for (const next of later.flatMap(({ files }) => files)) {
    if (identityOf(next) !== identityOf(file)) continue;
    // TokenPool was removed, and the user's own values are back.
    if (takesOut(next.edits, edits)) break;
    edits = edits.map((edit) => {
      const replacing = next.edits.find(({ path }) => samePath(path, edit.path));
      return replacing && continues(replacing.before, edit) ? replacing : edit;
    });
  }
  return { ...file, edits };
}

function takesOut(later: readonly JournalEdit[], edits: readonly JournalEdit[]): boolean {
  const removed = later.filter(({ valueHash }) => valueHash === undefined);
  const set = edits.filter(({ valueHash }) => valueHash !== undefined);
  return removed.some((removal) => set.some(({ path }) => startsWith(path, removal.path)));
}
