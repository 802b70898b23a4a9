import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { realFolderOf, targetOf } from "../../disk/atomicWrite";
import { firstMissingFolder } from "../../disk/folders";
import { asRefusal } from "../../disk/userFile";
import { readDocument } from "../../document/readDocument";
import { decode } from "../../document/sourceText";
import { valueAt } from "../../document/valueAt";
import type { EditedKeys } from "../../plan";
import { isUnchanged, type PreparedChange, type PreparedFile } from "../../prepare";
import {
  type ChangeStore,
  hashBytes,
  hashValue,
  type JournalEdit,
  type JournalEntry,
  type JournalFile,
} from "../../store";
import { pruneBackups, saveBackup } from "../backups";
import { setAsideDamagedJournal } from "./damagedJournal";
import { noteBefore, readHistory } from "../before";
import { recordEntries } from "./journal";

/**
 * Backs up and notes what is about to be written. From here on a crash can be repaired.
 * @returns an unfinished entry for each change that has something to do
 */
export async function openEntries(
  store: ChangeStore,
  changes: readonly PreparedChange[],
): Promise<JournalEntry[]> {
  try {
    await setAsideDamagedJournal(store);
    const entries = await backUp(store, changes);
    await recordEntries(store, ...entries);
    return entries;
  } catch (error) {
    // Copies that belong to no change.
    await pruneBackups(store).catch(() => undefined);
    throw asRefusal(error, store.directory);
  }
}

async function backUp(store: ChangeStore, changes: readonly PreparedChange[]): Promise<JournalEntry[]> {
  const time = store.now().toISOString();
  const group = `${time.replace(/\D/g, "")}-${randomBytes(3).toString("hex")}`;
  const working = changes.filter((change) => !isUnchanged(change));
  const history = await readHistory(store);
  const entries: JournalEntry[] = [];
  for (const [index, change] of working.entries()) {
    const id = working.length > 1 ? `${group}-${index}` : group;
    const entry = await backUpOne(store, history, change, id, time);
    entries.push(working.length > 1 ? { ...entry, group } : entry);
  }
  return entries;
}

async function backUpOne(
  store: ChangeStore,
  history: readonly JournalEntry[],
  change: PreparedChange,
  id: string,
  time: string,
): Promise<JournalEntry> {
  const files: JournalFile[] = [];
  for (const file of change.files) {
    if (file.change === "unchanged") continue;
    const name = `${files.length}-${path.basename(file.planned.path)}`;
    const backup = file.before && (await saveBackup(store, id, name, file.before));
    const target = await targetOf(store.fs, file.planned.path);
    const folder = path.dirname(target);
    const newFolder = file.before ? undefined : await firstMissingFolder(store.fs, folder);
    const realPath = path.join(await realFolderOf(store.fs, folder), path.basename(target));
    const described: JournalFile = {
      ...describe(file, file.change),
      ...(realPath !== file.planned.path && { realPath }),
      ...(backup && { backup }),
      ...(newFolder && { newFolder }),
    };
    files.push(noteBefore(history, described, file.before));
  }
  const { client, title, undoes } = change.plan;
  return { id, time, title, state: "writing", files, ...(client && { client }), ...(undoes && { undoes }) };
}

function describe(file: PreparedFile, change: JournalFile["change"]): JournalFile {
  const { planned, before, after, mode } = file;
  const keys = planned.kind === "edit" ? planned : planned.keys;
  return {
    path: planned.path,
    change,
    credential: planned.credential,
    edits: keys ? journalEdits(keys, after) : [],
    ...(keys && { format: keys.format }),
    ...(before && { beforeHash: hashBytes(before) }),
    ...(after && { afterHash: hashBytes(after) }),
    ...(mode !== undefined && { mode }),
  };
}

/** Of each key what stands there after all edits: the journal names it once. */
function journalEdits({ format, edits }: EditedKeys, after: Uint8Array | undefined): JournalEdit[] {
  const document = after && readDocument(format, decode(after).text);
  const last = new Map(edits.map((edit) => [JSON.stringify(edit.path), edit]));
  return [...last.values()].map((edit) => {
    const value = document && valueAt(document, edit.path);
    return {
      path: edit.path,
      ...(value !== undefined && { valueHash: hashValue(value) }),
      ...(edit.secret && { secret: true }),
    };
  });
}
