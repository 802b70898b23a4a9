import * as path from "node:path";
import { writeAtomically } from "./atomicWrite";
import { type ChangeStore, hashBytes, hashValue, type JournalFile, readJournal } from "./changeStore";
import { readDocument } from "./readDocument";
import { decode } from "./sourceText";
import { readUserFile } from "./userFile";
import { valueAt } from "./valueAt";

/** Backups kept for each file: the newest, and the first of all, which shows what was there before us. */
const KEPT_PER_FILE = 10;

function backupFolder(store: ChangeStore): string {
  return path.join(store.directory, "backups");
}

/** Saves the bytes a change is about to replace, under a name of its own. @returns the path of the copy */
export async function saveBackup(store: ChangeStore, name: string, bytes: Uint8Array): Promise<string> {
  const backup = path.join(backupFolder(store), name);
  await writeBackup(store, backup, bytes, undefined);
  return backup;
}

function writeBackup(
  store: ChangeStore,
  backup: string,
  content: Uint8Array,
  expected: Uint8Array | undefined,
): Promise<void> {
  return writeAtomically(store.fs, { path: backup, content, mode: 0o600, enforceMode: true, expected });
}

/** Deletes backups beyond ten of each file, and those that no journal entry names any more. */
export async function pruneBackups(store: ChangeStore): Promise<void> {
  const backups = new Map<string, string[]>();
  for (const { path: file, backup } of (await readJournal(store)).flatMap(({ files }) => files)) {
    if (backup) backups.set(file, [...(backups.get(file) ?? []), path.basename(backup)]);
  }
  const kept = new Set(
    [...backups.values()].flatMap(([first, ...later]) => [first, ...later.slice(1 - KEPT_PER_FILE)]),
  );
  for (const name of await store.fs.readdir(backupFolder(store)).catch(() => [])) {
    if (!kept.has(name)) await store.fs.rm(path.join(backupFolder(store), name), { force: true });
  }
}

/**
 * Makes every backup forget our key: the one given, and every earlier one that a change of ours wrote
 * (recognised by its hash in the journal). The rest of each backup stays usable.
 */
export async function scrubBackups(store: ChangeStore, apiKey: string): Promise<void> {
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
    if (content.length !== saved.bytes.length) await writeBackup(store, file.backup, content, saved.bytes);
  }
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

function without(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  // Latin-1 maps every byte to one character and back, so nothing but the key itself changes.
  let text = Buffer.from(bytes).toString("latin1");
  for (const secret of secrets) if (secret) text = text.replaceAll(secret, "");
  return Buffer.from(text, "latin1");
}
