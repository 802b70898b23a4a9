import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileChange } from "./changePlan";
import { type ChangeStore, hashBytes, hashValue, type JournalEntry, type JournalFile } from "./changeStore";
import type { KeyEdit, KeyPath } from "./keyEdit";
import { rawValueAt, readDocument } from "./readDocument";
import { decode } from "./sourceText";
import { readUserFile } from "./userFile";
import { valueAt } from "./valueAt";

/**
 * Plans the way back. A file that is as we left it gets its old bytes; in any other only the keys that
 * still hold our value get the user's own text back, because the rest is somebody's later work.
 * What is left alone is named in the plan's notices.
 */
export async function planUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  const files: FileChange[] = [];
  const notices: string[] = [];
  // The other way round: a credential that was written first goes last.
  for (const file of [...entry.files].reverse()) {
    const undo = await undoFile(store, file);
    if (undo.change) files.push(undo.change);
    if (undo.leftAlone.length > 0) {
      notices.push(l10n.t("Left alone in {0}, changed since: {1}", file.path, undo.leftAlone.join(", ")));
    }
  }
  const title = l10n.t("Undo: {0}", entry.title);
  return { title, files, notices, undoes: entry.id, ...(entry.client && { client: entry.client }) };
}

interface FileUndo {
  readonly change?: FileChange;
  /** Dotted names of keys that no longer hold our value; the path itself for a file replaced as a whole. */
  readonly leftAlone: readonly string[];
}

async function undoFile(store: ChangeStore, file: JournalFile): Promise<FileUndo> {
  const now = (await readUserFile(store.fs, file.path))?.bytes;
  const saved = file.backup ? (await readUserFile(store.fs, file.backup))?.bytes : undefined;
  if (file.backup && !saved) return { leftAlone: [l10n.t("the backup is gone")] };
  if ((now && hashBytes(now)) === file.afterHash) {
    const { path, credential } = file;
    return { change: { kind: "replace", path, credential, content: saved }, leftAlone: [] };
  }
  if (!file.format || !now) return { leftAlone: [file.path] };
  return undoKeys(file, file.format, decode(now).text, saved && decode(saved).text);
}

function undoKeys(
  file: JournalFile,
  format: NonNullable<JournalFile["format"]>,
  now: string,
  saved: string | undefined,
): FileUndo {
  const current = readDocument(format, now);
  const edits: KeyEdit[] = [];
  const leftAlone: string[] = [];
  for (const { path, valueHash } of file.edits) {
    const back = previous(format, saved, path);
    const value = valueAt(current, path);
    const currentHash = value === undefined ? undefined : hashValue(value);
    if (currentHash === back?.hash) continue;
    if (currentHash !== valueHash) leftAlone.push(path.join("."));
    else edits.push(back ? { kind: "setRaw", path, raw: back.raw } : { kind: "remove", path });
  }
  if (edits.length === 0) return { leftAlone };
  const change: FileChange = { kind: "edit", path: file.path, format, edits, credential: file.credential };
  return { change: saved === undefined ? { ...change, deleteWhenEmpty: true } : change, leftAlone };
}

/** The user's own spelling of a value before our change. */
function previous(
  format: NonNullable<JournalFile["format"]>,
  saved: string | undefined,
  path: KeyPath,
): { raw: string; hash: string } | undefined {
  if (saved === undefined) return undefined;
  const value = valueAt(readDocument(format, saved), path);
  const raw = value === undefined ? undefined : rawValueAt(format, saved, path);
  return raw === undefined ? undefined : { raw, hash: hashValue(value) };
}

/**
 * The changes that can be undone, newest first: of one client or of all. A change that was undone is
 * left out until its undo is undone in turn.
 */
export function undoableEntries(journal: readonly JournalEntry[], client?: string): JournalEntry[] {
  const done = journal.filter(({ state }) => state === "done");
  const undone = new Set<string>();
  for (const entry of [...done].reverse())
    if (entry.undoes && !undone.has(entry.id)) undone.add(entry.undoes);
  return done.filter((entry) => !undone.has(entry.id) && (!client || entry.client === client)).reverse();
}
