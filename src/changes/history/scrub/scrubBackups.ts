import { pruneBackups, replaceBackup } from "../backups";
import { type ChangeStore, hashBytes, hashValue, type JournalFile } from "../../store";
import { filesSetAside, setAsideDamagedJournal } from "../journal/damagedJournal";
import { readJournal, writtenKeys } from "../journal/journal";
import { keysIn, readableText, withoutKeys } from "../../document/keySpellings";
import { documentIn } from "../../document/readDocument";
import { readUserFile } from "../../disk/userFile";
import { valueAt } from "../../document/valueAt";

/**
 * Makes every backup forget our keys: the one that is removed, and every one that a change of ours ever wrote
 * (recognised by its hash in the journal). The rest of each backup stays usable. Can be repeated at any time.
 * Must be called under the lock.
 * @param removed the key that is removed now, whoever wrote it
 * @param kept keys that stay
 */
export async function scrubBackups(
  store: ChangeStore,
  removed: string | undefined,
  kept: readonly string[] = [],
): Promise<void> {
  await setAsideDamagedJournal(store);
  // Whatever the journal does not name any more could not be scrubbed.
  await pruneBackups(store);
  const ours = await ourKeys(store);
  const backups = (await readJournal(store)).flatMap(({ files }) => files);
  const keys = new Set(removed === undefined ? [] : [removed]);
  for (const file of backups) {
    const bytes = await read(store, file.backup);
    if (bytes) for (const key of keysOfOurs(file, bytes, ours)) keys.add(key);
  }
  const gone = [...keys].filter((key) => !kept.includes(key));
  for (const file of backups) {
    const saved = await read(store, file.backup);
    if (!file.backup || !saved) continue;
    const content = withoutKeys(saved, gone);
    // Spelled in a way that nobody writes: then the whole copy goes.
    const left = keysOfOurs(file, content, ours).some((key) => !kept.includes(key));
    await replaceBackup(
      store,
      file.backup,
      saved,
      left || (content.length < saved.length && isBlank(content)) ? new Uint8Array() : content,
    );
  }
  for (const path of await filesSetAside(store)) {
    const saved = await read(store, path);
    if (!saved) continue;
    // Which keys were ours nobody knows any more, so every key of the gateway's own shape goes.
    const looking = keysIn(readableText(saved)).filter((key) => !kept.includes(key));
    await replaceBackup(store, path, saved, withoutKeys(saved, [...gone, ...looking]));
  }
}

async function read(store: ChangeStore, file: string | undefined): Promise<Uint8Array | undefined> {
  return file === undefined ? undefined : (await readUserFile(store.fs, file))?.bytes;
}

async function ourKeys(store: ChangeStore): Promise<ReadonlySet<string>> {
  const journal = await readJournal(store);
  return new Set(journal.flatMap((entry) => [...writtenKeys(entry), ...(entry.earlierKeys ?? [])]));
}

/** Keys of ours in a saved file: at the places where keys stand, and wherever one looks like a key. */
function keysOfOurs({ format, edits }: JournalFile, bytes: Uint8Array, ours: ReadonlySet<string>): string[] {
  const text = readableText(bytes);
  const document = format && documentIn(format, Buffer.from(text));
  const values = edits
    .map(({ path }) => valueAt(document, path))
    .filter((value) => typeof value === "string");
  // A key file of ours holds the key and a line break.
  const whole = ours.has(hashBytes(bytes)) ? [text.trim()] : [];
  const isOurs = (key: string) => ours.has(hashValue(key)) || ours.has(hashBytes(Buffer.from(`${key}\n`)));
  return [...whole, ...[...values, ...keysIn(text)].filter(isOurs)];
}

/** @param bytes what is left: a key file without its key is as good as none */
function isBlank(bytes: Uint8Array): boolean {
  return readableText(bytes).trim() === "";
}
