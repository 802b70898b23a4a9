import * as path from "node:path";
import { writeAtomically } from "../disk/atomicWrite";
import { backupFolder, type ChangeStore, identityOf } from "../store";
import { syncFolder } from "../disk/folders";
import { readSoundJournal } from "./journal/journal";

/** Backups kept for each file: the newest, and the first of all, which shows what was there before us. */
const KEPT_PER_FILE = 10;

/**
 * Saves the bytes a change is about to replace.
 * @param change id of the change; the name of the copy begins with it
 * @returns the path of the copy
 */
export async function saveBackup(
  store: ChangeStore,
  change: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const backup = path.join(backupFolder(store), `${change}-${name}`);
  await writeBackup(store, backup, bytes, undefined, change);
  return backup;
}

function writeBackup(
  store: ChangeStore,
  backup: string,
  content: Uint8Array,
  expected: Uint8Array | undefined,
  tag: string,
): Promise<void> {
  return writeAtomically(store.fs, { path: backup, content, mode: 0o600, enforceMode: true, expected, tag });
}

/**
 * Deletes backups beyond ten of each file, those that no journal entry names any more, and whatever a crash
 * left in the store half written.
 */
export async function pruneBackups(store: ChangeStore): Promise<void> {
  const journal = await readSoundJournal(store);
  // A damaged one would name none of them, and what it cannot name may be the only copy of a user's text.
  if (!journal) return;
  const backups = new Map<string, string[]>();
  const files = journal.flatMap((entry) => entry.files);
  for (const file of files) {
    const [id, { backup }] = [identityOf(file), file];
    if (backup) backups.set(id, [...(backups.get(id) ?? []), path.basename(backup)]);
  }
  const newest = [...backups.values()].flatMap(([first, ...later]) => [
    first,
    ...later.slice(1 - KEPT_PER_FILE),
  ]);
  // The user's own texts, however many changes of ours came after.
  const pinned = files.flatMap(({ edits }) => edits.flatMap(({ original }) => original?.backup ?? []));
  const kept = new Set([...newest, ...pinned]);
  await deleteFrom(store, backupFolder(store), (name) => !kept.has(name));
  await deleteFrom(store, store.directory, (name) => name.endsWith(".tmp"));
}

async function deleteFrom(
  store: ChangeStore,
  folder: string,
  isLeftOver: (name: string) => boolean,
): Promise<void> {
  const leftOvers = (await store.fs.readdir(folder).catch(() => [])).filter(isLeftOver);
  if (leftOvers.length === 0) return;
  for (const name of leftOvers) await store.fs.rm(path.join(folder, name), { force: true });
  // They may hold a key: what was deleted must not come back with a power failure.
  await syncFolder(store.fs, folder);
}

/** Writes a backup anew, with something taken out; it stays readable by the user only. */
export async function replaceBackup(
  store: ChangeStore,
  backup: string,
  saved: Uint8Array,
  content: Uint8Array,
): Promise<void> {
  if (content.length !== saved.length) await writeBackup(store, backup, content, saved, "scrubbed");
}
