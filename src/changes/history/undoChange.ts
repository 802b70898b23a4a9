import * as l10n from "@vscode/l10n";
import { formatList } from "../../gateway/formats";
import type { ChangePlan, FileChange, FileFormat } from "../plan";
import { type ChangeStore, hashBytes, hashOf, type JournalEntry, type JournalFile } from "../store";
import { currentEdits, readHistory } from "./before";
import { type KeyEdit, type KeyPath, startsWith } from "../document/edits/keyEdit";
import { rawValuesIn, readDocument } from "../document/readDocument";
import { removalsWithEmptyParents } from "../document/edits/removals";
import { remainsOf } from "./scrub/scrubbedBackup";
import { decode } from "../document/sourceText";
import { readUserFile } from "../disk/userFile";
import { valueAt } from "../document/valueAt";

/**
 * Plans the way back. A file that is as the change left it gets its old bytes; in any other only the keys
 * that still hold a value of ours get the user's own text back, because the rest is somebody's later work.
 * What is left alone is named in the plan's notices.
 * @param keep what the user wants to keep although the change brought it
 */
export async function planUndo(store: ChangeStore, entry: JournalEntry, keep?: KeyPath): Promise<ChangePlan> {
  const history = await readHistory(store);
  const files: FileChange[] = [];
  const notices: string[] = [];
  // The other way round: a credential that was written first goes last.
  for (const file of [...entry.files].reverse()) {
    const followed = currentEdits(history, entry, file);
    const undo = await undoFile(store, keep ? without(followed, keep) : followed);
    if (undo.change) files.push(undo.change);
    if (undo.leftOut) {
      notices.push(
        l10n.t(
          "Not brought back in {0}, because the API key was removed: {1}",
          file.path,
          formatList(undo.leftOut),
        ),
      );
    }
    if (undo.leftAlone.length > 0) {
      notices.push(l10n.t("Left alone in {0}, changed since: {1}", file.path, formatList(undo.leftAlone)));
    }
  }
  const title = titleOf(entry, history);
  return { title, files, notices, undoes: entry.id, ...(entry.client && { client: entry.client }) };
}

/** Going back and forth between two states needs no more words than going back. */
function titleOf(entry: JournalEntry, journal: readonly JournalEntry[], isRedo = false): string {
  const undone = journal.find(({ id }) => id === entry.undoes);
  if (undone) return titleOf(undone, journal, !isRedo);
  return isRedo ? l10n.t("Redo: {0}", entry.title) : l10n.t("Undo: {0}", entry.title);
}

/** The same file with one key less to undo; what we left is then no state to go back from as a whole. */
function without(file: JournalFile, keep: KeyPath): JournalFile {
  const edits = file.edits.filter(({ path }) => !startsWith(path, keep));
  return edits.length === file.edits.length ? file : { ...file, edits, afterHash: "" };
}

interface FileUndo {
  readonly change?: FileChange;
  /** Dotted names of keys that no longer hold our value; the path itself for a file replaced as a whole. */
  readonly leftAlone: readonly string[];
  /** Dotted names of keys that the backup had to forget, because the API key was removed. */
  readonly leftOut?: readonly string[];
  /** What was written cannot be taken back, because nobody knows any more what was there before. */
  readonly backupGone?: true;
}

/** Plans the way back of one file; without a change where nothing of ours is in it. */
export async function undoFile(store: ChangeStore, file: JournalFile): Promise<FileUndo> {
  const now = (await readUserFile(store.fs, file.path))?.bytes;
  const hash = now && hashBytes(now);
  if (hash === file.beforeHash) return { leftAlone: [] };
  const saved = file.backup ? (await readUserFile(store.fs, file.backup))?.bytes : undefined;
  const remains = remainsOf(file, saved);
  if (!remains) return { leftAlone: [l10n.t("the backup is gone")], backupGone: true };
  const { content, leftOut } = remains;
  const forgotten = leftOut.length > 0 && { leftOut };
  if (hash === file.afterHash) return { change: replacement(file, content), leftAlone: [], ...forgotten };
  // A file that was there and is gone, or one without keys: nothing in it is still as we left it.
  if (!file.format || !now) return { leftAlone: [file.path] };
  const undo = undoKeys(file, file.format, decode(now).text, content && decode(content).text);
  return { ...undo, ...forgotten };
}

function replacement(file: JournalFile, content: Uint8Array | undefined): FileChange {
  const { path, credential, format, edits, mode } = file;
  const keys = format && { keys: { format, edits } };
  return { kind: "replace", path, credential, content, ...keys, ...(mode !== undefined && { mode }) };
}

function undoKeys(file: JournalFile, format: FileFormat, now: string, saved: string | undefined): FileUndo {
  const current = readDocument(format, now);
  const old = saved === undefined ? {} : readDocument(format, saved);
  const rawValuesAt = rawValuesIn(format, saved ?? "");
  const leftAlone: string[] = [];
  const added: KeyPath[] = [];
  const edits: KeyEdit[] = [];
  // What a table held as a whole comes back before what was changed in it.
  for (const { path, valueHash } of file.edits.toSorted((a, b) => a.path.length - b.path.length)) {
    const [value, oldValue] = [valueAt(current, path), valueAt(old, path)];
    if (hashOf(value) === hashOf(oldValue)) continue;
    if (hashOf(value) !== valueHash) leftAlone.push(path.join("."));
    else if (oldValue === undefined) added.push(path);
    else edits.push(...rawValuesAt(path).map((one) => ({ kind: "setRaw", ...one }) as const));
  }
  // A table that we made would be left empty, and an empty provider table keeps Codex from starting.
  edits.push(...removalsWithEmptyParents(current, added, (path) => valueAt(old, path) !== undefined));
  if (edits.length === 0) return { leftAlone };
  const change: FileChange = { kind: "edit", path: file.path, format, edits, credential: file.credential };
  return { change: saved === undefined ? { ...change, deleteWhenEmpty: true } : change, leftAlone };
}
