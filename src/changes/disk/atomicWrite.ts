import type { FileHandle } from "node:fs/promises";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { makeFolder, removeEmptyFolders, syncFolder } from "./folders";
import { Refusal } from "../refusal";
import { isErrorCode } from "./errorCode";
import {
  asRefusal,
  type FileSystem,
  readUserFile,
  readUserFileAfresh,
  sameBytes,
  type UserFile,
} from "./userFile";

export interface AtomicWrite {
  readonly path: string;
  readonly content: Uint8Array;
  /** Mode of a new file, and of an old one when `enforceMode`. */
  readonly mode: number;
  readonly enforceMode: boolean;
  /** The bytes the change was worked out from. Anything else on disk by now is refused. */
  readonly expected: Uint8Array | undefined;
  /** Part of the pending file's name, used by one change only: what a crash left is found by it. */
  readonly tag: string;
}

/** A change of one file that only needs a name put in place: whatever takes space has been done. */
export interface StagedChange {
  /** @throws Refusal `change/changed-meanwhile` when another program wrote the file since it was read */
  commit(): Promise<void>;
  /** Leaves no trace of a change that is not to be. Never throws. */
  discard(): Promise<void>;
}

/**
 * Replaces a file in one step: whoever reads it sees the old bytes or the new ones, also after a crash.
 * Symbolic links are followed and kept; owner and mode stay.
 * @throws Refusal `change/changed-meanwhile` when another program wrote the file since it was read
 */
export async function writeAtomically(fs: FileSystem, write: AtomicWrite): Promise<void> {
  await commitOrDiscard(await stageWrite(fs, write));
}

export async function commitOrDiscard(staged: StagedChange): Promise<void> {
  try {
    await staged.commit();
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

/** Writes the content to a pending file beside the target, from where it only has to be renamed. */
export async function stageWrite(fs: FileSystem, write: AtomicWrite): Promise<StagedChange> {
  const old = await readUserFile(fs, write.path);
  const target = old?.realPath ?? (await missingTarget(fs, write.path));
  const folder = path.dirname(target);
  const temporary = pendingPath(target, write.tag);
  const newFolder = old ? undefined : await makeFolder(fs, folder);
  const discard = async () => {
    await removePending(fs, temporary);
    if (newFolder) await removeEmptyFolders(fs, folder, newFolder);
  };
  try {
    await writeDurably(fs, temporary, write, old);
  } catch (error) {
    await discard();
    throw error;
  }
  const commit = async () => {
    await expectUnchanged(fs, write.path, write.expected);
    await fs.rename(temporary, target);
    await syncFolder(fs, folder);
  };
  return { commit, discard };
}

/** Where a file is or will be, behind symbolic links; one that leads nowhere is kept as well. */
export async function targetOf(fs: FileSystem, file: string): Promise<string> {
  return fs.realpath(file).catch((error: unknown) => {
    if (!isOneOf(error, ["ENOENT", "ENOTDIR", "ELOOP"])) throw asRefusal(error, file);
    return missingTarget(fs, file);
  });
}

/** The same, also behind the links of folders above a file that is not there yet. */
export async function realPlaceOf(fs: FileSystem, file: string): Promise<string> {
  const target = await targetOf(fs, file);
  return path.join(await realFolderOf(fs, path.dirname(target)), path.basename(target));
}

/** Where a folder really is, or will be where it is not there yet. */
export async function realFolderOf(fs: FileSystem, folder: string): Promise<string> {
  return fs.realpath(folder).catch(async () => {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(await realFolderOf(fs, parent), path.basename(folder));
  });
}

/** As many links as Linux follows: a circle of them leads nowhere. */
const MOST_LINKS = 40;

async function missingTarget(fs: FileSystem, file: string, links = 0): Promise<string> {
  const link = await fs.readlink(file).catch((error: unknown) => {
    // EINVAL: no link. After anything else nobody knows, and a link could be replaced by a file.
    if (!isOneOf(error, ["ENOENT", "ENOTDIR", "EINVAL"])) throw asRefusal(error, file);
    return undefined;
  });
  if (link === undefined) return file;
  if (links >= MOST_LINKS) {
    const message = l10n.t("{0} is a symbolic link that leads back to itself. Remove it first.", file);
    throw new Refusal("change/not-a-file", message, { path: file });
  }
  return missingTarget(fs, path.resolve(await fs.realpath(path.dirname(file)), link), links + 1);
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return codes.some((code) => isErrorCode(error, code));
}

export function pendingPath(target: string, tag: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${tag}.tmp`);
}

/** Never throws: what went wrong before tells more than what may go wrong with the cleaning up. */
export async function removePending(fs: FileSystem, temporary: string): Promise<void> {
  try {
    await fs.unlink(temporary);
    await syncFolder(fs, path.dirname(temporary));
  } catch {
    return;
  }
}

async function writeDurably(
  fs: FileSystem,
  temporary: string,
  write: AtomicWrite,
  old?: UserFile,
): Promise<void> {
  const mode = old && !write.enforceMode ? old.mode : write.mode;
  const file = await create(fs, temporary);
  try {
    await file.writeFile(write.content);
    if (old && (old.uid !== process.getuid?.() || old.gid !== process.getgid?.())) {
      await file.chown(old.uid, old.gid).catch(ignoreForeignOwner);
    }
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function create(fs: FileSystem, temporary: string): Promise<FileHandle> {
  // 0600 first: the content must never be readable by others, not even for the moment before chmod.
  const open = () => fs.open(temporary, "wx", 0o600);
  return open().catch(async (error: unknown) => {
    if (!isErrorCode(error, "EEXIST")) throw error;
    // A crash in this very change left it.
    await fs.unlink(temporary);
    return open();
  });
}

/** Only root may give a file away; for everyone else a file that was writable stays so under the own name. */
function ignoreForeignOwner(error: unknown): void {
  if (!isErrorCode(error, "EPERM")) throw error;
}

/**
 * Deletes a file if it still holds the expected bytes.
 * @param newFolder topmost of the folders that were made for the file: they go with it when they are empty
 */
export function stageDeletion(
  fs: FileSystem,
  file: string,
  expected: Uint8Array | undefined,
  newFolder?: string,
): StagedChange {
  const commit = async () => {
    const old = await expectUnchanged(fs, file, expected);
    if (!old) return;
    await fs.unlink(old.realPath);
    const folder = path.dirname(old.realPath);
    await syncFolder(fs, folder);
    if (newFolder) await removeEmptyFolders(fs, folder, newFolder);
  };
  return { commit, discard: () => Promise.resolve() };
}

async function expectUnchanged(
  fs: FileSystem,
  file: string,
  expected: Uint8Array | undefined,
): Promise<UserFile | undefined> {
  const now = await readUserFileAfresh(fs, file);
  if (sameBytes(now?.bytes, expected)) return now;
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another program changed {0} at the same time. Try again.", file),
    {
      path: file,
    },
  );
}
