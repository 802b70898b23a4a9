import { createHash } from "node:crypto";
import * as path from "node:path";
import type { FileSystem } from "./disk/userFile";
import { spellingOf } from "./spelling";

/** Where lock, journal and backups lie: one folder for each person and machine, mode 0700. */
export interface ChangeStore {
  readonly fs: FileSystem;
  readonly directory: string;
  readonly now: () => Date;
  /** Runs before the store is first used; where it is left out, there is nothing to get ready. Never throws. */
  readonly ready?: () => Promise<void>;
}

export function journalPath(store: ChangeStore): string {
  return path.join(store.directory, "journal.json");
}

export function backupFolder(store: ChangeStore): string {
  return path.join(store.directory, "backups");
}

/** What became of one key. The value itself is not kept: backups hold the old one, the hash knows ours. */
export interface JournalEdit {
  readonly path: readonly string[];
  /** SHA-256 of the value we left there, as JSON; left out when we removed the key. */
  readonly valueHash?: string;
  /** The value is a key of ours: removing the API key removes it from the backups too. */
  readonly secret?: true;
  /** Hash of the value that stood there before, null for none. Left out by the version before. */
  readonly before?: string | null;
  /**
   * Where the user's own text stands from before our first write in a row: name of a backup, which is kept as
   * long as this entry; without one the key was not there. Left out by the version before.
   */
  readonly original?: { readonly backup?: string };
}

export interface FilePlace {
  /** As it was spelled. */
  readonly path: string;
  /** Where the file really is, behind symbolic links; left out where it is the path, or not known. */
  readonly realPath?: string;
}

export interface JournalFile extends FilePlace {
  readonly change: "created" | "updated" | "deleted";
  readonly credential: boolean;
  /** Left out for files that are replaced as a whole. */
  readonly format?: "toml" | "json" | "jsonc";
  readonly edits: readonly JournalEdit[];
  readonly beforeHash?: string;
  readonly afterHash?: string;
  /** Path of the previous bytes; left out for a file that was created. */
  readonly backup?: string;
  /** Permissions of the previous file; left out for a file that was created. */
  readonly mode?: number;
  /** Topmost of the folders that were made for the file. */
  readonly newFolder?: string;
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
  /** The same in all entries of one question: they were written together, and a crash takes all of them back. */
  readonly group?: string;
  /** Hashes of keys of ours that changes wrote which are not in the journal any more. */
  readonly earlierKeys?: readonly string[];
  readonly files: readonly JournalFile[];
}

/** The same for one file however it was spelled, such as through a link to a collection of dotfiles; no path to open. */
export function identityOf({ path: spelled, realPath }: FilePlace): string {
  return spellingOf(realPath ?? spelled);
}

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

/** The same, and undefined for a key that is not there. */
export function hashOf(value: unknown): string | undefined {
  return value === undefined ? undefined : hashValue(value);
}
