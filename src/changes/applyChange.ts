import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { deleteExpected, writeAtomically } from "./atomicWrite";
import { pruneBackups, saveBackup } from "./backups";
import { withChangeLock } from "./changeLock";
import type { ChangePlan, EditedKeys } from "./changePlan";
import {
  type ChangeStore,
  forgetEntry,
  hashBytes,
  hashValue,
  type JournalEdit,
  type JournalEntry,
  type JournalFile,
  recordEntry,
} from "./changeStore";
import {
  changedMeanwhile,
  isUnchanged,
  type PreparedChange,
  type PreparedFile,
  prepareChange,
  startsFromSameBytes,
} from "./prepareChange";
import { Refusal } from "./refusal";
import { rollBack } from "./rollBack";
import { decode } from "./sourceText";
import { readDocument } from "./readDocument";
import { asRefusal, readUserFile, sameBytes } from "./userFile";
import { valueAt } from "./valueAt";

/** A plan that can be made again when the files moved on; reads them itself. */
export type MakePlan = () => Promise<ChangePlan>;

/**
 * Writes a change that was previewed: lock, plan again, back up, journal, write, verify.
 * Either all files are new afterwards or all are as they were.
 * @param shown what the user agreed to
 * @returns the journal entry, or undefined when there was nothing to do
 * @throws Refusal, with every file as it was
 */
export function applyChange(
  store: ChangeStore,
  makePlan: MakePlan,
  shown: PreparedChange,
): Promise<JournalEntry | undefined> {
  return withChangeLock(store, async () => {
    const current = await settle(store, makePlan, shown);
    if (isUnchanged(current)) return undefined;
    const entry = await openEntry(store, current);
    try {
      for (const file of current.files) await writeFile(store, file);
      await verify(store, current);
      return await closeEntry(store, entry);
    } catch (error) {
      // What cannot be rolled back now stays in the journal as unfinished: the next change begins with it.
      await takeBack(store, entry).catch(() => undefined);
      throw asRefusal(error, store.directory);
    }
  });
}

/** From here on a crash can be repaired. */
async function openEntry(store: ChangeStore, change: PreparedChange): Promise<JournalEntry> {
  try {
    const entry = await backUp(store, change);
    await recordEntry(store, entry);
    return entry;
  } catch (error) {
    throw asRefusal(error, store.directory);
  }
}

async function closeEntry(store: ChangeStore, entry: JournalEntry): Promise<JournalEntry> {
  const done: JournalEntry = { ...entry, state: "done" };
  await recordEntry(store, done);
  // The change stands; backups too many are tried again with the next one.
  await pruneBackups(store).catch(() => undefined);
  return done;
}

async function takeBack(store: ChangeStore, entry: JournalEntry): Promise<void> {
  await rollBack(store, entry);
  await forgetEntry(store, entry.id);
  await pruneBackups(store);
}

/** The files may have changed since the preview: then the plan is made again on the new bytes, once. */
async function settle(
  store: ChangeStore,
  makePlan: MakePlan,
  shown: PreparedChange,
): Promise<PreparedChange> {
  const first = await prepareChange(store.fs, await makePlan());
  if (startsFromSameBytes(first, shown)) return first;
  const second = await prepareChange(store.fs, await makePlan());
  if (startsFromSameBytes(first, second)) return second;
  throw changedMeanwhile(second.files[0]?.planned.path ?? "");
}

async function backUp(store: ChangeStore, change: PreparedChange): Promise<JournalEntry> {
  const time = store.now().toISOString();
  const id = `${time.replace(/\D/g, "")}-${randomBytes(3).toString("hex")}`;
  const files: JournalFile[] = [];
  for (const file of change.files) {
    if (file.change === "unchanged") continue;
    const name = `${id}-${files.length}-${path.basename(file.planned.path)}`;
    const backup = file.before && (await saveBackup(store, name, file.before));
    files.push({ ...describe(file, file.change), ...(backup && { backup }) });
  }
  const { client, title, undoes } = change.plan;
  return { id, time, title, state: "writing", files, ...(client && { client }), ...(undoes && { undoes }) };
}

function describe(file: PreparedFile, change: JournalFile["change"]): JournalFile {
  const { planned, before, after } = file;
  const keys = planned.kind === "edit" ? planned : planned.keys;
  return {
    path: planned.path,
    change,
    credential: planned.credential,
    edits: keys ? journalEdits(keys, after) : [],
    ...(keys && { format: keys.format }),
    ...(before && { beforeHash: hashBytes(before) }),
    ...(after && { afterHash: hashBytes(after) }),
  };
}

function journalEdits({ format, edits }: EditedKeys, after: Uint8Array | undefined): JournalEdit[] {
  const document = after && readDocument(format, decode(after).text);
  return edits.map((edit) => {
    const value = document && valueAt(document, edit.path);
    return {
      path: edit.path,
      ...(value !== undefined && { valueHash: hashValue(value) }),
      ...(edit.secret && { secret: true }),
    };
  });
}

async function writeFile(
  store: ChangeStore,
  { planned, change, before, after }: PreparedFile,
): Promise<void> {
  if (change === "unchanged") return;
  try {
    if (!after) await deleteExpected(store.fs, planned.path, before);
    else {
      await writeAtomically(store.fs, {
        path: planned.path,
        content: after,
        mode: 0o600,
        enforceMode: planned.credential,
        expected: before,
      });
    }
  } catch (error) {
    throw asRefusal(error, planned.path);
  }
}

async function verify(store: ChangeStore, change: PreparedChange): Promise<void> {
  for (const { planned, after } of change.files) {
    if (sameBytes((await readUserFile(store.fs, planned.path))?.bytes, after)) continue;
    throw new Refusal(
      "change/changed-meanwhile",
      l10n.t("{0} was changed by another program while it was written. Try again.", planned.path),
      { path: planned.path },
    );
  }
}
