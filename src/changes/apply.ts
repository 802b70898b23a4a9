import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { realPlaceOf, type StagedChange, targetOf } from "./disk/atomicWrite";
import { pruneBackups, saveBackup } from "./history/backups";
import { withChangeLock } from "./disk/changeLock";
import type { ChangePlan, EditedKeys } from "./plan";
import {
  type ChangeStore,
  hashBytes,
  hashValue,
  type JournalEdit,
  type JournalEntry,
  type JournalFile,
} from "./store";
import { setAsideDamagedJournal } from "./history/damagedJournal";
import { firstMissingFolder } from "./disk/folders";
import { readJournal, recordEntries, stageEntries } from "./history/journal";
import { pinOriginals } from "./history/pinOriginals";
import {
  changedMeanwhile,
  firstDifference,
  firstUnseen,
  isUnchanged,
  type PreparedChange,
  type PreparedFile,
  prepareChanges,
} from "./prepare";
import { readDocument } from "./document/readDocument";
import { Refusal } from "./refusal";
import { refuseUnfinished, takeBack, takeBackUnfinished } from "./history/recovery";
import { decode } from "./document/sourceText";
import { stageFile } from "./disk/stageFile";
import { asRefusal, readUserFile, sameBytes } from "./disk/userFile";
import { valueAt } from "./document/valueAt";

/** A plan that can be made again when the files moved on; reads them itself. */
export type MakePlan = () => Promise<ChangePlan>;

/** Plans of one question, one for each undo; no two of them name the same file. */
export type MakePlans = () => Promise<readonly ChangePlan[]>;

/** One for the bytes of the preview, one when they have changed, one to see that they do not go on changing. */
const TRIES = 3;

/**
 * Writes changes that were previewed together: lock, plan again, back up, journal, write, verify.
 * Either all files of all plans are new afterwards or all are as they were.
 * @param shown what the user agreed to, in the order of the plans
 * @returns the journal entries, one for each plan that had something to do; those of several share a group
 * @throws Refusal, with every file as it was
 */
export function applyChanges(
  store: ChangeStore,
  makePlans: MakePlans,
  shown: readonly PreparedChange[],
): Promise<readonly JournalEntry[]> {
  return withChangeLock(store, async () => {
    const unfinished = await takeBackUnfinished(store);
    let latest = shown;
    let changing = "";
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      // The plans were made between two looks at the same bytes, so they were made for them.
      const known = latest;
      latest = await prepareChanges(store.fs, await makePlans());
      const unseen = firstUnseen(allFiles(latest), allFiles(shown));
      if (unseen !== undefined) throw changedMeanwhile(unseen);
      const other = firstDifference(allFiles(latest), allFiles(known));
      if (other === undefined) {
        if (latest.every(isUnchanged)) return [];
        await refuseUnfinished(store, unfinished.stillThere, allFiles(latest).files);
        const written = await write(store, latest);
        if (!(written instanceof Refusal)) return written;
        changing = written.where.path ?? changing;
      } else changing = other;
    }
    throw changedMeanwhile(changing);
  });
}

/** The same for a single plan. @returns undefined when there was nothing to do */
export async function applyChange(
  store: ChangeStore,
  makePlan: MakePlan,
  shown: PreparedChange,
): Promise<JournalEntry | undefined> {
  const [entry] = await applyChanges(store, async () => [await makePlan()], [shown]);
  return entry;
}

/** @returns the finished entries, or why not: another program was faster, and all is as it was */
async function write(
  store: ChangeStore,
  changes: readonly PreparedChange[],
): Promise<readonly JournalEntry[] | Refusal> {
  const entries = await openEntries(store, changes);
  try {
    const done = entries.map((entry): JournalEntry => ({ ...entry, state: "done" }));
    await writeFiles(store, changes, done);
    // The change stands; backups too many are tried again with the next one.
    await pruneBackups(store).catch(() => undefined);
    return done;
  } catch (error) {
    // What cannot be rolled back now stays in the journal as unfinished: the next change begins with it.
    const isBack = await takeBackAtOnce(store, entries);
    const refusal = asRefusal(error, store.directory);
    if (!isBack) throw notBack(isBack, refusal);
    if (refusal.code === "change/changed-meanwhile") return refusal;
    throw refusal;
  }
}

/**
 * Whatever keeps a file from being written for a moment is often gone at the next try.
 * @returns as `takeBack`; undefined: not now, but it stays in the journal as unfinished
 */
async function takeBackAtOnce(
  store: ChangeStore,
  entries: readonly JournalEntry[],
): Promise<boolean | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const isBack = await takeBack(store, entries).catch(() => undefined);
    if (isBack !== undefined) return isBack;
  }
  return undefined;
}

/** The refusal has to tell that not all is as it was. */
function notBack(isBack: false | undefined, { code, message, where, report }: Refusal): Refusal {
  const text =
    isBack === false
      ? l10n.t("{0} What was written before that stands, and can be undone with Restore.", message)
      : l10n.t(
          "{0} What was written before that is taken back as soon as its files can be written.",
          message,
        );
  return new Refusal(code, text, where, report);
}

/** From here on a crash can be repaired. */
async function openEntries(store: ChangeStore, changes: readonly PreparedChange[]): Promise<JournalEntry[]> {
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

/**
 * First everything that takes space, then only names: once a file has its new name, no full disk can keep
 * the others or the journal from theirs. The journal calls all entries done in one step, or none.
 */
async function writeFiles(
  store: ChangeStore,
  changes: readonly PreparedChange[],
  done: readonly JournalEntry[],
): Promise<void> {
  const staged: StagedChange[] = [];
  try {
    for (const [index, { files }] of changes.filter(hasWork).entries()) {
      const tag = done[index]?.id ?? "";
      for (const file of files) {
        if (file.change !== "unchanged") staged.push(await stageFile(store.fs, file, tag));
      }
    }
    const journal = await stageEntries(store, ...done);
    staged.push(journal);
    for (const file of staged) {
      if (file === journal) await verify(store, allFiles(changes).files);
      await file.commit();
    }
  } catch (error) {
    // Those that took effect have nothing left to discard.
    for (const file of staged.reverse()) await file.discard();
    throw error;
  }
}

/** @returns an entry for each change that has something to do */
async function backUp(store: ChangeStore, changes: readonly PreparedChange[]): Promise<JournalEntry[]> {
  const time = store.now().toISOString();
  const group = `${time.replace(/\D/g, "")}-${randomBytes(3).toString("hex")}`;
  const working = changes.filter(hasWork);
  const journal = await readJournal(store);
  const entries: JournalEntry[] = [];
  for (const [index, change] of working.entries()) {
    const id = working.length > 1 ? `${group}-${index}` : group;
    const entry = await backUpOne(store, journal, change, id, time);
    entries.push(working.length > 1 ? { ...entry, group } : entry);
  }
  return entries;
}

async function backUpOne(
  store: ChangeStore,
  journal: readonly JournalEntry[],
  change: PreparedChange,
  id: string,
  time: string,
): Promise<JournalEntry> {
  const files: JournalFile[] = [];
  for (const file of change.files) {
    if (file.change === "unchanged") continue;
    const name = `${files.length}-${path.basename(file.planned.path)}`;
    const backup = file.before && (await saveBackup(store, id, name, file.before));
    const newFolder = file.before ? undefined : await missingFolder(store, file.planned.path);
    const realPath = await realPlaceOf(store.fs, file.planned.path);
    const described: JournalFile = {
      ...describe(file, file.change),
      ...(realPath !== file.planned.path && { realPath }),
      ...(backup && { backup }),
      ...(newFolder && { newFolder }),
    };
    files.push(pinOriginals(journal, described, file.before));
  }
  const { client, title, undoes } = change.plan;
  return { id, time, title, state: "writing", files, ...(client && { client }), ...(undoes && { undoes }) };
}

function hasWork(change: PreparedChange): boolean {
  return !isUnchanged(change);
}

function allFiles(changes: readonly PreparedChange[]): Pick<PreparedChange, "files"> {
  return { files: changes.flatMap(({ files }) => files) };
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

async function verify(store: ChangeStore, files: readonly PreparedFile[]): Promise<void> {
  for (const { planned, after } of files) {
    if (sameBytes((await readUserFile(store.fs, planned.path))?.bytes, after)) continue;
    throw new Refusal(
      "change/changed-meanwhile",
      l10n.t("{0} was changed by another program while it was written. Try again.", planned.path),
      { path: planned.path },
    );
  }
}
