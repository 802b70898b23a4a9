import { realPlaceOf } from "../changes/disk/atomicWrite";
import { type ChangeStore, identityOf, type JournalEntry } from "../changes/store";
import { readUserFile } from "../changes/disk/userFile";

/**
 * What a file held before a change: its backup, or the file itself where the change left it alone.
 * @returns undefined where there was none, or where nobody knows any more
 */
export async function readBefore(
  store: ChangeStore,
  entry: JournalEntry,
  path: string,
): Promise<Uint8Array | undefined> {
  const real = await realPlaceOf(store.fs, path);
  const file = entry.files.find((each) => each.path === path || identityOf(each) === real);
  if (!file) return (await readUserFile(store.fs, path))?.bytes;
  return file.backup === undefined ? undefined : (await readUserFile(store.fs, file.backup))?.bytes;
}
