import { createHash } from "node:crypto";
import * as path from "node:path";
import { writeAtomically } from "./atomicWrite";
import { type FileSystem, isErrorCode, readUserFile } from "./userFile";

/** Where journal and backups live: a folder of the extension's own storage, mode 0700. */
export interface ChangeStore {
  readonly fs: FileSystem;
  readonly directory: string;
  readonly now: () => Date;
}

/** What became of one key. The value itself is not kept: backups hold the old one, the hash knows ours. */
export interface JournalEdit {
  readonly path: readonly string[];
  /** SHA-256 of the value we left there, as JSON; left out when we removed the key. */
  readonly valueHash?: string;
  /** The value is a key of ours: removing the API key removes it from the backups too. */
  readonly secret?: true;
}

export interface JournalFile {
  readonly path: string;
  readonly change: "created" | "updated" | "deleted";
  readonly credential: boolean;
  /** Left out for files that are replaced as a whole. */
  readonly format?: "toml" | "json" | "jsonc";
  readonly edits: readonly JournalEdit[];
  readonly beforeHash?: string;
  readonly afterHash?: string;
  /** Path of the previous bytes; left out for a file that was created. */
  readonly backup?: string;
}

export interface JournalEntry {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly client?: string;
  readonly title: string;
  /** `writing` after a crash means: some files may be new and some old. */
  readonly state: "writing" | "done";
  readonly undoes?: string;
  readonly files: readonly JournalFile[];
}

/** Entries kept, beside the first of each file; others go, and with them the backups that only they name. */
const ENTRIES_KEPT = 50;

export function hashBytes(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Hash of a value as it stands in JSON; bigints (64-bit TOML integers) as their digits. */
export function hashValue(value: unknown): string {
  const json = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? String(part) : part,
  );
  return createHash("sha256").update(json).digest("hex");
}

function journalPath(store: ChangeStore): string {
  return path.join(store.directory, "journal.json");
}

/** All entries, oldest first; a journal that cannot be read counts as empty, so that it never blocks a change. */
export async function readJournal(store: ChangeStore): Promise<JournalEntry[]> {
  try {
    const parsed: unknown = JSON.parse(await store.fs.readFile(journalPath(store), "utf8"));
    return Array.isArray(parsed) ? (parsed as JournalEntry[]) : [];
  } catch (error) {
    if (isErrorCode(error, "ENOENT") || error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Adds the entry, or replaces the one with its id. */
export async function recordEntry(store: ChangeStore, entry: JournalEntry): Promise<void> {
  const others = (await readJournal(store)).filter(({ id }) => id !== entry.id);
  const all = [...others, entry];
  const first = new Set(all.filter((one, index) => isFirstOfAFile(one, all.slice(0, index))));
  await writeJournal(
    store,
    all.filter((one, index) => index >= all.length - ENTRIES_KEPT || first.has(one)),
  );
}

/** Only the first change of a file knows what stood there before us. */
function isFirstOfAFile({ files }: JournalEntry, earlier: readonly JournalEntry[]): boolean {
  const known = new Set(earlier.flatMap((entry) => entry.files.map((file) => file.path)));
  return files.some((file) => !known.has(file.path));
}

/** Takes an entry out, for a change that was rolled back before it was complete. */
export async function forgetEntry(store: ChangeStore, id: string): Promise<void> {
  await writeJournal(
    store,
    (await readJournal(store)).filter((entry) => entry.id !== id),
  );
}

async function writeJournal(store: ChangeStore, entries: readonly JournalEntry[]): Promise<void> {
  const file = journalPath(store);
  await writeAtomically(store.fs, {
    path: file,
    content: Buffer.from(JSON.stringify(entries, null, 1)),
    mode: 0o600,
    enforceMode: true,
    expected: (await readUserFile(store.fs, file))?.bytes,
  });
}
