import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { commitOrDiscard, type StagedChange, stageWrite } from "../../disk/atomicWrite";
import { backupFolder, type ChangeStore, identityOf, type JournalEntry, journalPath } from "../../store";
import { Refusal } from "../../refusal";
import { readAfresh, readOnce } from "../../disk/readings";
import { isErrorCode } from "../../disk/errorCode";

/** A hundred times what a full journal has. */
const LARGEST_BYTES = 20_000_000;

/** Entries kept, beside the first of each file; others go, and with them the backups that only they name. */
const ENTRIES_KEPT = 50;

/** Goes up with every change that an earlier version would misread; additions are not of that kind. */
const VERSION = 2;

/**
 * All entries, oldest first; a journal that is damaged counts as empty, so that it never blocks a change.
 * @throws Refusal for one of a later version: counting as empty it would be overwritten
 */
export async function readJournal(store: ChangeStore): Promise<readonly JournalEntry[]> {
  return (await readSoundJournal(store)) ?? [];
}

/** The same from the disk, whatever was read before: for who has just got the lock, under which nobody else writes it. */
export async function readJournalAfresh(store: ChangeStore): Promise<readonly JournalEntry[]> {
  return (await readSoundJournal(store, readAfresh)) ?? [];
}

/** @returns undefined for a journal that is damaged. @throws as `readJournal` */
export async function readSoundJournal(
  store: ChangeStore,
  read = readOnce,
): Promise<readonly JournalEntry[] | undefined> {
  await store.ready?.();
  return parseJournal(store, await readJournalBytes(store, read));
}

async function readJournalBytes(store: ChangeStore, read = readOnce): Promise<Uint8Array | undefined> {
  try {
    return (await read(store.fs, journalPath(store), LARGEST_BYTES)).bytes;
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** @returns undefined for a journal that is damaged */
function parseJournal(
  store: ChangeStore,
  bytes: Uint8Array | undefined,
): readonly JournalEntry[] | undefined {
  if (!bytes) return [];
  const entries = entriesOf(store, parseJson(bytes));
  return isArrayOf(entries, isEntry) ? entries.map((entry) => relocated(store, entry)) : undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** @throws Refusal for a journal of a later version */
function entriesOf(store: ChangeStore, parsed: unknown): unknown {
  // Version 1 was the list alone.
  if (Array.isArray(parsed)) return parsed;
  const { version, entries } = (parsed ?? {}) as { version?: unknown; entries?: unknown };
  if (typeof version !== "number") return undefined;
  if (version <= VERSION) return entries;
  const path = journalPath(store);
  const message = l10n.t(
    "{0} was written by a later version of TokenPool for VS Code. Update the extension in this editor too.",
    path,
  );
  throw new Refusal("change/conflict", message, { path });
}

/** Backups lie where the journal lies, also after both were moved. */
function relocated(store: ChangeStore, entry: JournalEntry): JournalEntry {
  const files = entry.files.map((file) => {
    return file.backup
      ? { ...file, backup: path.join(backupFolder(store), path.basename(file.backup)) }
      : file;
  });
  return { ...entry, files };
}

function serialize(entries: readonly JournalEntry[]): string {
  return JSON.stringify({ version: VERSION, entries }, null, 1);
}

/** Only what a reader would stumble over. */
function isEntry(value: unknown): value is JournalEntry {
  const { id, time, title, state, files } = (value ?? {}) as Partial<Record<keyof JournalEntry, unknown>>;
  return [id, time, title, state].every((part) => typeof part === "string") && isArrayOf(files, isFile);
}

function isFile(value: unknown): boolean {
  const { path: file, edits } = (value ?? {}) as { path?: unknown; edits?: unknown };
  return typeof file === "string" && isArrayOf(edits, isEdit);
}

function isEdit(value: unknown): boolean {
  return isArrayOf((value as { path?: unknown } | null)?.path, (part) => typeof part === "string");
}

function isArrayOf<T>(value: unknown, isPart: (part: unknown) => part is T): value is T[];
function isArrayOf(value: unknown, isPart: (part: unknown) => boolean): boolean;
function isArrayOf(value: unknown, isPart: (part: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isPart);
}

/** Adds the entries in one step, each in the place of the one with its id. */
export async function recordEntries(store: ChangeStore, ...entries: readonly JournalEntry[]): Promise<void> {
  await commitOrDiscard(await stageEntries(store, ...entries));
}

/** The same, with everything done but the last step: then no full disk can keep a change from its end. */
export function stageEntries(store: ChangeStore, ...added: readonly JournalEntry[]): Promise<StagedChange> {
  return stageJournal(store, added[0]?.id ?? "", (entries) => {
    const all = [...without(entries, added), ...added];
    const first = new Set(all.filter((one, index) => isFirstOfAFile(one, all.slice(0, index))));
    const last = lastOfEachKey(all);
    const isKept = (one: JournalEntry, index: number) =>
      index >= all.length - ENTRIES_KEPT || first.has(one) || last.has(one);
    return rememberKeys(
      all.filter(isKept),
      all.filter((one, index) => !isKept(one, index)),
    );
  });
}

/** Only the last change of a key knows that its value is ours, and where the user's own stands. */
function lastOfEachKey(entries: readonly JournalEntry[]): Set<JournalEntry> {
  const last = new Map<string, JournalEntry>();
  for (const entry of entries) {
    for (const file of entry.files)
      for (const edit of file.edits) last.set(JSON.stringify([identityOf(file), edit.path]), entry);
  }
  return new Set(last.values());
}

/** A key may outlive, in a backup, the entry of the change that wrote it. */
function rememberKeys([oldest, ...later]: JournalEntry[], dropped: readonly JournalEntry[]): JournalEntry[] {
  if (!oldest) return later;
  const keys = dropped.flatMap((entry) => [...writtenKeys(entry), ...(entry.earlierKeys ?? [])]);
  if (keys.length === 0) return [oldest, ...later];
  return [{ ...oldest, earlierKeys: [...new Set([...(oldest.earlierKeys ?? []), ...keys])] }, ...later];
}

/**
 * Hashes of the keys of ours that a change wrote: of values, and of key files as a whole. What an undo puts
 * back may be the user's own; if it is ours, the change that wrote it tells.
 */
export function writtenKeys({ files, undoes }: JournalEntry): string[] {
  if (undoes !== undefined) return [];
  return files.flatMap(({ format, credential, afterHash, edits }) => [
    ...edits.flatMap(({ secret, valueHash }) => (secret && valueHash) || []),
    ...(!format && credential && afterHash ? [afterHash] : []),
  ]);
}

/** Only the first change of a file knows what stood there before us. */
function isFirstOfAFile({ files }: JournalEntry, earlier: readonly JournalEntry[]): boolean {
  const known = new Set(earlier.flatMap((entry) => entry.files.map(identityOf)));
  return files.some((file) => !known.has(identityOf(file)));
}

/** Adds entries from another journal; those that are there already stay as they are. */
export async function importEntries(store: ChangeStore, imported: readonly JournalEntry[]): Promise<void> {
  const staged = await stageJournal(store, "import", (entries) => {
    const known = new Set(entries.map(({ id }) => id));
    const all = [...entries, ...imported.filter(({ id }) => !known.has(id))];
    // One undo list, the latest change last, whichever product made it.
    return all.sort((a, b) => a.time.localeCompare(b.time, "en"));
  });
  await commitOrDiscard(staged);
}

/** Takes entries out in one step, for changes that were rolled back before they were complete. */
export async function forgetEntries(store: ChangeStore, ...gone: readonly JournalEntry[]): Promise<void> {
  const staged = await stageJournal(store, gone[0]?.id ?? "", (entries) => without(entries, gone));
  await commitOrDiscard(staged);
}

function without(entries: readonly JournalEntry[], others: readonly JournalEntry[]): JournalEntry[] {
  return entries.filter(({ id }) => !others.some((other) => other.id === id));
}

async function stageJournal(
  store: ChangeStore,
  tag: string,
  change: (entries: readonly JournalEntry[]) => readonly JournalEntry[],
): Promise<StagedChange> {
  const bytes = await readJournalBytes(store);
  return stageWrite(store.fs, {
    path: journalPath(store),
    content: Buffer.from(serialize(change(parseJournal(store, bytes) ?? []))),
    mode: 0o600,
    enforceMode: true,
    // What the entries were read from: a window that overslept its lock must not write over newer ones.
    expected: bytes,
    tag,
  });
}
