import * as path from "node:path";
import { writeAtomically } from "./atomicWrite";
import { backupFolder, type ChangeStore, hashBytes, hashValue, type JournalFile } from "./changeStore";
import { backupsSetAside, setAsideDamagedJournal } from "./damagedJournal";
import { syncFolder } from "./folders";
import { readJournal } from "./journal";
import { readDocument } from "./readDocument";
import { decode } from "./sourceText";
import { readUserFile } from "./userFile";
import { valueAt } from "./valueAt";

/** Backups kept for each file: the newest, and the first of all, which shows what was there before us. */
const KEPT_PER_FILE = 10;

const API_KEY_SHAPE = /sk-[0-9a-f]{64}/g;

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
 * left in the store half written. A damaged journal has to be set aside before: it would name none.
 */
export async function pruneBackups(store: ChangeStore): Promise<void> {
  const backups = new Map<string, string[]>();
  for (const { path: file, backup } of (await readJournal(store)).flatMap(({ files }) => files)) {
    if (backup) backups.set(file, [...(backups.get(file) ?? []), path.basename(backup)]);
  }
  const kept = new Set(
    [...backups.values()].flatMap(([first, ...later]) => [first, ...later.slice(1 - KEPT_PER_FILE)]),
  );
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

/**
 * Makes every backup forget our key: the one given, and every earlier one that a change of ours wrote
 * (recognised by its hash in the journal). The rest of each backup stays usable.
 */
export async function scrubBackups(store: ChangeStore, apiKey: string): Promise<void> {
  await setAsideDamagedJournal(store);
  // Whatever the journal does not name any more could not be scrubbed.
  await pruneBackups(store);
  const files = (await readJournal(store)).flatMap((entry) => entry.files);
  const ourValues = new Set(
    files.flatMap(({ edits }) => edits.flatMap((e) => (e.secret && e.valueHash) || [])),
  );
  const ourFiles = new Set(
    files.flatMap((file) => (!file.format && file.credential && file.afterHash) || []),
  );
  for (const file of files) {
    const saved = file.backup ? await readUserFile(store.fs, file.backup) : undefined;
    if (!file.backup || !saved) continue;
    const content = ourFiles.has(hashBytes(saved.bytes))
      ? new Uint8Array()
      : without(saved.bytes, [apiKey, ...secretsIn(file, saved.bytes, ourValues)]);
    await replaceBackup(store, file.backup, saved.bytes, content);
  }
  for (const backup of await backupsSetAside(store)) {
    const saved = await readUserFile(store.fs, backup);
    // Which keys were ours nobody knows any more, so every key of the gateway's own shape goes.
    if (saved) await replaceBackup(store, backup, saved.bytes, without(saved.bytes, [apiKey, API_KEY_SHAPE]));
  }
}

async function replaceBackup(
  store: ChangeStore,
  backup: string,
  saved: Uint8Array,
  content: Uint8Array,
): Promise<void> {
  if (content.length !== saved.length) await writeBackup(store, backup, content, saved, "scrubbed");
}

function secretsIn(
  { format, edits }: JournalFile,
  bytes: Uint8Array,
  ourValues: ReadonlySet<string>,
): string[] {
  if (!format) return [];
  const { text } = decode(bytes);
  const document = readDocument(format, text);
  return edits
    .map((edit) => valueAt(document, edit.path))
    .filter((value) => typeof value === "string")
    .filter((value) => ourValues.has(hashValue(value)));
}

function without(bytes: Uint8Array, secrets: readonly (string | RegExp)[]): Uint8Array {
  // Latin-1 maps every byte to one character and back, so nothing but the key itself changes.
  let text = Buffer.from(bytes).toString("latin1");
  for (const secret of secrets) if (secret) text = text.replaceAll(secret, "");
  return Buffer.from(text, "latin1");
}
