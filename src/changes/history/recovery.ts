import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { commitOrDiscard, removePending, targetOf, pendingPath } from "../disk/atomicWrite";
import { pruneBackups } from "./backups";
import { withChangeLock } from "../disk/changeLock";
import { type ChangeStore, identityOf, type JournalEntry, type JournalFile } from "../store";
import { removeEmptyFolders } from "../disk/folders";
import { forgetEntries, readJournal, readJournalAfresh, recordEntries } from "./journal/journal";
import { type PreparedFile, prepareFile } from "../prepare";
import { Refusal, type RefusalCode } from "../refusal";
import { spellingOf } from "../spelling";
import { stageFile } from "../disk/stageFile";
import { undoFile } from "./undoChange";

/** The file was changed by somebody in such a way that our part of it cannot be taken out. */
const NOT_TO_BE_TAKEN_BACK: ReadonlySet<RefusalCode> = new Set([
  "change/invalid-syntax",
  "change/conflict",
  "change/encoding",
  "change/check-failed",
  "change/not-a-file",
  "change/hard-linked",
  "change/too-large",
]);

/**
 * Repairs what a crash left between two files: called before the first change after a start.
 * @returns the entries that were rolled back
 */
export async function recoverInterruptedChanges(store: ChangeStore): Promise<readonly JournalEntry[]> {
  const unfinished = async () => (await readJournal(store)).filter(({ state }) => state === "writing");
  if ((await unfinished()).length === 0) return [];
  // Read again under the lock: until then the entry may belong to a window that is still writing.
  return withChangeLock(store, async () => (await recoverUnfinished(store)).rolledBack);
}

interface Recovery {
  readonly rolledBack: readonly JournalEntry[];
  /** Cannot be taken back now: tried again next time, and in the way of nobody who changes other files. */
  readonly stillThere: readonly JournalEntry[];
}

/** Must be called under the lock. */
export async function recoverUnfinished(store: ChangeStore): Promise<Recovery> {
  const unfinished = (await readJournalAfresh(store)).filter(({ state }) => state === "writing");
  const rolledBack: JournalEntry[] = [];
  const stillThere: JournalEntry[] = [];
  for (const entries of byQuestion(unfinished).reverse()) {
    // Undefined: not now.
    const isBack = await recoverEntries(store, entries).catch(() => undefined);
    if (isBack === true) rolledBack.push(...entries);
    if (isBack === undefined) stillThere.push(...entries);
  }
  return { rolledBack, stillThere };
}

/** @throws Refusal for a file that an unfinished change has still to bring back: its bytes are nobody's work */
export async function refuseUnfinished(
  store: ChangeStore,
  unfinished: readonly JournalEntry[],
  files: readonly PreparedFile[],
): Promise<void> {
  const waiting = new Set(unfinished.flatMap((entry) => entry.files.map(identityOf)));
  if (waiting.size === 0) return;
  for (const { planned, change } of files) {
    const { path } = planned;
    const isWaiting = (place: string) => waiting.has(spellingOf(place));
    if (change === "unchanged" || !(isWaiting(path) || isWaiting(await targetOf(store.fs, path)))) continue;
    const message = l10n.t(
      "{0} still has to be restored after an unfinished change. Make its files writable and try again.",
      path,
    );
    throw new Refusal("change/write-failed", message, { path });
  }
}

function byQuestion(entries: readonly JournalEntry[]): JournalEntry[][] {
  const groups = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const key = entry.group ?? entry.id;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

/**
 * Ends the unfinished changes of one question by bringing their files back, and takes them out of the
 * journal. If one cannot be brought back all count as done, so that they can be undone by hand and stand in
 * nobody's way.
 * @param entries in the order of writing
 * @returns whether all files were brought back
 * @throws Refusal when a file cannot be written now; the entries stay unfinished and are tried again
 */
export async function recoverEntries(store: ChangeStore, entries: readonly JournalEntry[]): Promise<boolean> {
  const isBack = await undoEntries(store, entries);
  if (isBack) await forgetEntries(store, ...entries);
  else await recordEntries(store, ...entries.map((entry): JournalEntry => ({ ...entry, state: "done" })));
  // The files are what counts; left-overs in the store are tried again with the next change.
  await pruneBackups(store).catch(() => undefined);
  return isBack;
}

/**
 * Last written first, so that a crash on the way leaves what a crash on the way forward leaves, and the
 * order of writing protects both. For the same reason the files written before one that cannot be brought
 * back stay new: a ChatGPT login must not come back beside a configuration that names the gateway.
 */
async function undoEntries(store: ChangeStore, entries: readonly JournalEntry[]): Promise<boolean> {
  const files = entries.flatMap(({ id, files }) => files.map((file) => ({ file, id })));
  for (const { file, id } of files) await removeTraces(store, file, id);
  for (const { file, id } of files.reverse()) {
    const wayBack = await prepareWayBack(store, file);
    if (wayBack === "none") return false;
    if (wayBack) await commitOrDiscard(await stageFile(store.fs, wayBack, id, file.newFolder));
  }
  return true;
}

/** What a crash left beside the file. */
async function removeTraces(store: ChangeStore, file: JournalFile, tag: string): Promise<void> {
  const target = await targetOf(store.fs, file.path);
  await removePending(store.fs, pendingPath(target, tag));
  if (file.newFolder) await removeEmptyFolders(store.fs, path.dirname(target), file.newFolder);
}

/**
 * Somebody may have written the file since, Codex itself for one: then only our keys are taken out.
 * @returns undefined where nothing of ours is in the file
 */
async function prepareWayBack(
  store: ChangeStore,
  file: JournalFile,
): Promise<PreparedFile | "none" | undefined> {
  try {
    const { change, backupGone } = await undoFile(store, file);
    if (backupGone) return "none";
    return change && (await prepareFile(store.fs, change));
  } catch (error) {
    if (error instanceof Refusal && NOT_TO_BE_TAKEN_BACK.has(error.code)) return "none";
    throw error;
  }
}
