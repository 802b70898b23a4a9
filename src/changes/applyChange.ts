import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { type StagedChange, targetOf } from "./atomicWrite";
import { pruneBackups, saveBackup } from "./backups";
import { withChangeLock } from "./changeLock";
import type { ChangePlan, EditedKeys } from "./changePlan";
import {
  type ChangeStore,
  hashBytes,
  hashValue,
  type JournalEdit,
  type JournalEntry,
  type JournalFile,
} from "./changeStore";
import { setAsideDamagedJournal } from "./damagedJournal";
import { firstMissingFolder } from "./folders";
import { recordEntry, stageEntry } from "./journal";
import {
  changedMeanwhile,
  firstDifference,
  isUnchanged,
  type PreparedChange,
  type PreparedFile,
  prepareChange,
} from "./prepareChange";
import { readDocument } from "./readDocument";
import { Refusal } from "./refusal";
import { takeBack } from "./rollBack";
import { decode } from "./sourceText";
import { stageFile } from "./stageFile";
import { asRefusal, readUserFile, sameBytes } from "./userFile";
import { valueAt } from "./valueAt";

/** A plan that can be made again when the files moved on; reads them itself. */
export type MakePlan = () => Promise<ChangePlan>;

/** One for the bytes of the preview, one when they have changed, one to see that they do not go on changing. */
const TRIES = 3;

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
    let latest = shown;
    let changing = "";
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      // The plan was made between two looks at the same bytes, so it was made for them.
      const known = latest;
      latest = await prepareChange(store.fs, await makePlan());
      const other = firstDifference(latest, known);
      if (other === undefined) {
        if (isUnchanged(latest)) return undefined;
        const written = await write(store, latest);
        if (!(written instanceof Refusal)) return written;
        changing = written.where.path ?? changing;
      } else changing = other;
    }
    throw changedMeanwhile(changing);
  });
}

/** @returns the finished entry, or why not: another program was faster, and all is as it was */
async function write(store: ChangeStore, change: PreparedChange): Promise<JournalEntry | Refusal> {
  const entry = await openEntry(store, change);
  try {
    const done: JournalEntry = { ...entry, state: "done" };
    await writeFiles(store, change, done);
    // The change stands; backups too many are tried again with the next one.
    await pruneBackups(store).catch(() => undefined);
    return done;
  } catch (error) {
    // What cannot be rolled back now stays in the journal as unfinished: the next change begins with it.
    const isBack = await takeBack(store, entry).catch(() => false);
    const refusal = asRefusal(error, store.directory);
    if (isBack && refusal.code === "change/changed-meanwhile") return refusal;
    throw refusal;
  }
}

/** From here on a crash can be repaired. */
async function openEntry(store: ChangeStore, change: PreparedChange): Promise<JournalEntry> {
  try {
    await setAsideDamagedJournal(store);
    const entry = await backUp(store, change);
    await recordEntry(store, entry);
    return entry;
  } catch (error) {
    // Copies that belong to no change.
    await pruneBackups(store).catch(() => undefined);
    throw asRefusal(error, store.directory);
  }
}

/**
 * First everything that takes space, then only names: once a file has its new name, no full disk can keep
 * the others or the journal from theirs.
 */
async function writeFiles(store: ChangeStore, change: PreparedChange, done: JournalEntry): Promise<void> {
  const staged: StagedChange[] = [];
  try {
    for (const file of change.files) {
      if (file.change !== "unchanged") staged.push(await stageFile(store.fs, file, done.id));
    }
    const journal = await stageEntry(store, done);
    staged.push(journal);
    for (const file of staged) {
      if (file === journal) await verify(store, change);
      await file.commit();
    }
  } catch (error) {
    // Those that took effect have nothing left to discard.
    for (const file of staged.reverse()) await file.discard();
    throw error;
  }
}

async function backUp(store: ChangeStore, change: PreparedChange): Promise<JournalEntry> {
  const time = store.now().toISOString();
  const id = `${time.replace(/\D/g, "")}-${randomBytes(3).toString("hex")}`;
  const files: JournalFile[] = [];
  for (const file of change.files) {
    if (file.change === "unchanged") continue;
    const name = `${files.length}-${path.basename(file.planned.path)}`;
    const backup = file.before && (await saveBackup(store, id, name, file.before));
    const newFolder = file.before ? undefined : await missingFolder(store, file.planned.path);
    files.push({
      ...describe(file, file.change),
      ...(backup && { backup }),
      ...(newFolder && { newFolder }),
    });
  }
  const { client, title, undoes } = change.plan;
  return { id, time, title, state: "writing", files, ...(client && { client }), ...(undoes && { undoes }) };
}

async function missingFolder(store: ChangeStore, file: string): Promise<string | undefined> {
  return firstMissingFolder(store.fs, path.dirname(await targetOf(store.fs, file)));
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
