import * as path from "node:path";
import { backupFolder, type ChangeStore, journalPath } from "./changeStore";
import { makeFolder, syncFolder } from "./folders";
import { isJournalDamaged } from "./journal";
import { isErrorCode } from "./errorCode";

const PREFIX = "damaged-";

/**
 * Moves a journal that cannot be read, and the backups that perhaps only it names, to a folder where
 * nothing deletes them: a person may still need them. Must be called under the lock.
 */
export async function setAsideDamagedJournal(store: ChangeStore): Promise<void> {
  if (!(await isJournalDamaged(store))) return;
  const folder = path.join(store.directory, PREFIX + store.now().toISOString().replace(/\D/g, ""));
  await makeFolder(store.fs, folder);
  // The journal last: as long as it is there, a crash in between makes the next change begin here again.
  await store.fs.rename(backupFolder(store), path.join(folder, "backups")).catch(ignoreMissing);
  await store.fs.rename(journalPath(store), path.join(folder, "journal.json"));
  await syncFolder(store.fs, folder);
  await syncFolder(store.fs, store.directory);
}

function ignoreMissing(error: unknown): void {
  if (!isErrorCode(error, "ENOENT")) throw error;
}

/** Paths of all backups that were set aside. */
export async function backupsSetAside(store: ChangeStore): Promise<string[]> {
  const files: string[] = [];
  for (const name of await list(store, store.directory)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(store.directory, name, "backups");
    for (const backup of await list(store, folder)) files.push(path.join(folder, backup));
  }
  return files;
}

function list(store: ChangeStore, folder: string): Promise<string[]> {
  return store.fs.readdir(folder).catch((error: unknown) => {
    ignoreMissing(error);
    return [];
  });
}
