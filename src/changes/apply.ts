import * as l10n from "@vscode/l10n";
import type { StagedChange } from "./disk/atomicWrite";
import { pruneBackups } from "./history/backups";
import { withChangeLock } from "./disk/changeLock";
import type { ChangePlan } from "./plan";
import type { ChangeStore, JournalEntry } from "./store";
import { folderMadeFor } from "./history/madeFolders";
import { stageEntries } from "./history/journal/journal";
import { openEntries } from "./history/journal/openEntries";
import {
  changedMeanwhile,
  firstDifference,
  firstUnseen,
  isUnchanged,
  NotAsShown,
  type PreparedChange,
  type PreparedFile,
  prepareChanges,
} from "./prepare";
import { Refusal } from "./refusal";
import { refuseUnfinished, recoverEntries, recoverUnfinished } from "./history/recovery";
import { stageFile } from "./disk/stageFile";
import { asRefusal, readUserFileAfresh, sameBytes } from "./disk/userFile";

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
    const unfinished = await recoverUnfinished(store);
    let latest = shown;
    let changing = "";
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      // The plans were made between two looks at the same bytes, so they were made for them.
      const known = latest;
      latest = await prepareChanges(store.fs, await makePlans());
      const unseen = firstUnseen(allFiles(latest), allFiles(shown));
      if (unseen !== undefined) throw new NotAsShown(unseen);
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
 * @returns as `recoverEntries`; undefined: not now, but it stays in the journal as unfinished
 */
async function takeBackAtOnce(
  store: ChangeStore,
  entries: readonly JournalEntry[],
): Promise<boolean | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const isBack = await recoverEntries(store, entries).catch(() => undefined);
    if (isBack !== undefined) return isBack;
  }
  return undefined;
}

/** The refusal has to tell that not all is as it was. */
function notBack(isBack: false | undefined, { code, message, where, report }: Refusal): Refusal {
  const text =
    isBack === false
      ? l10n.t("{0} What was written before that stays, and can be undone with Restore.", message)
      : l10n.t(
          "{0} What was written before that is taken back as soon as its files can be written.",
          message,
        );
  return new Refusal(code, text, where, report);
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
        if (file.change === "unchanged") continue;
        const folder = file.after ? undefined : await folderMadeFor(store, file.planned.path);
        staged.push(await stageFile(store.fs, file, tag, folder));
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

function hasWork(change: PreparedChange): boolean {
  return !isUnchanged(change);
}

function allFiles(changes: readonly PreparedChange[]): Pick<PreparedChange, "files"> {
  return { files: changes.flatMap(({ files }) => files) };
}

async function verify(store: ChangeStore, files: readonly PreparedFile[]): Promise<void> {
  const check = async ({ planned, after }: PreparedFile) => {
    if (sameBytes((await readUserFileAfresh(store.fs, planned.path))?.bytes, after)) return;
    throw new Refusal(
      "change/changed-meanwhile",
      l10n.t("{0} was changed by another program while it was written. Try again.", planned.path),
      { path: planned.path },
    );
  };
  // All to their end: on Windows a file that is being read cannot be put back.
  const checked = await Promise.allSettled(files.map(check));
  const failed = checked.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}
