import * as path from "node:path";
import { backupFolder, type ChangeStore, journalPath } from "../../store";
import { makeFolder, syncFolder } from "../../disk/folders";
import { readSoundJournal } from "./journal";
import { isErrorCode } from "../../disk/errorCode";

const PREFIX = "damaged-";

/**
 * Moves a journal that cannot be read, and the backups that perhaps only it names, to a folder where
 * nothing deletes them: a person may still need them. Must be called under the lock.
 */
export async function setAsideDamagedJournal(store: ChangeStore): Promise<void> {
  if (await readSoundJournal(store)) return;
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

/** Paths of all files that were set aside: backups, and the journals themselves, whatever is in them. */
export async function filesSetAside(store: ChangeStore): Promise<string[]> {
  const files: string[] = [];
  for (const name of await list(store, store.directory)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(store.directory, name);
    const backups = path.join(folder, "backups");
    files.push(path.join(folder, "journal.json"));
    for (const backup of await list(store, backups)) files.push(path.join(backups, backup));
  }
  return files;
}

function list(store: ChangeStore, folder: string): Promise<string[]> {
  return store.fs.readdir(folder).catch((error: unknown) => {
    ignoreMissing(error);
    return [];
  });
}
