import { deleteExpected, writeAtomically } from "./atomicWrite";
import { withChangeLock } from "./changeLock";
import {
  type ChangeStore,
  forgetEntry,
  hashBytes,
  type JournalEntry,
  type JournalFile,
  readJournal,
} from "./changeStore";
import { asRefusal, readUserFile } from "./userFile";

/**
 * Brings back the files of an unfinished change, last written first. Files that others wrote since stay.
 * @throws Refusal when a file cannot be written; the entry has to stay in the journal then
 */
export async function rollBack(store: ChangeStore, entry: JournalEntry): Promise<void> {
  for (const file of [...entry.files].reverse()) {
    try {
      await rollBackFile(store, file);
    } catch (error) {
      throw asRefusal(error, file.path);
    }
  }
}

async function rollBackFile(store: ChangeStore, file: JournalFile): Promise<void> {
  const now = (await readUserFile(store.fs, file.path))?.bytes;
  if ((now && hashBytes(now)) !== file.afterHash) return;
  const saved = file.backup ? await readUserFile(store.fs, file.backup) : undefined;
  if (saved) {
    await writeAtomically(store.fs, {
      path: file.path,
      content: saved.bytes,
      mode: 0o600,
      enforceMode: file.credential,
      expected: now,
    });
  } else if (file.change === "created") await deleteExpected(store.fs, file.path, now);
}

/**
 * Repairs what a crash left between two files: called before the first change after a start.
 * @returns the entries that were rolled back
 */
export async function recoverInterruptedChanges(store: ChangeStore): Promise<readonly JournalEntry[]> {
  const unfinished = async () => (await readJournal(store)).filter(({ state }) => state === "writing");
  if ((await unfinished()).length === 0) return [];
  return withChangeLock(store, async () => {
    // Read again under the lock: until then the entry may belong to a window that is still writing.
    const entries = (await unfinished()).reverse();
    for (const entry of entries) {
      await rollBack(store, entry);
      await forgetEntry(store, entry.id);
    }
    return entries;
  });
}
