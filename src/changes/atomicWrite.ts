import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { Refusal } from "./refusal";
import { type FileSystem, isErrorCode, readUserFile, sameBytes, type UserFile } from "./userFile";

export interface AtomicWrite {
  readonly path: string;
  readonly content: Uint8Array;
  /** Mode of a new file, and of an old one when `enforceMode`. */
  readonly mode: number;
  readonly enforceMode: boolean;
  /** The bytes the change was worked out from. Anything else on disk by now is refused. */
  readonly expected: Uint8Array | undefined;
}

/**
 * Replaces a file in one step: whoever reads it sees the old bytes or the new ones, also after a crash.
 * Symbolic links are followed and kept; owner and mode stay.
 * @throws Refusal `change/changed-meanwhile` when another program wrote the file since it was read
 */
export async function writeAtomically(fs: FileSystem, write: AtomicWrite): Promise<void> {
  const old = await readUserFile(fs, write.path);
  const target = old?.realPath ?? (await missingTarget(fs, write.path));
  const folder = path.dirname(target);
  // A folder that we create may come to hold credentials.
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = path.join(folder, `.${path.basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeDurably(fs, temporary, write, old);
    await expectUnchanged(fs, write.path, write.expected);
    await fs.rename(temporary, target);
  } catch (error) {
    // The first error tells more than what may go wrong with the cleaning up.
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(fs, folder);
}

/** Where a file is to be that is not there yet: a symbolic link that leads nowhere is kept as well. */
async function missingTarget(fs: FileSystem, file: string): Promise<string> {
  const link = await fs.readlink(file).catch(() => undefined);
  if (link === undefined) return file;
  return missingTarget(fs, path.resolve(await fs.realpath(path.dirname(file)), link));
}

async function writeDurably(
  fs: FileSystem,
  temporary: string,
  write: AtomicWrite,
  old?: UserFile,
): Promise<void> {
  const mode = old && !write.enforceMode ? old.mode : write.mode;
  // 0600 first: the content must never be readable by others, not even for the moment before chmod.
  const file = await fs.open(temporary, "wx", 0o600);
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

/** Only root may give a file away; for everyone else a file that was writable stays so under the own name. */
function ignoreForeignOwner(error: unknown): void {
  if (!isErrorCode(error, "EPERM")) throw error;
}

/** Deletes a file if it still holds the expected bytes. */
export async function deleteExpected(
  fs: FileSystem,
  file: string,
  expected: Uint8Array | undefined,
): Promise<void> {
  await expectUnchanged(fs, file, expected);
  const old = await readUserFile(fs, file);
  if (!old) return;
  await fs.unlink(old.realPath);
  await syncFolder(fs, path.dirname(old.realPath));
}

async function expectUnchanged(
  fs: FileSystem,
  file: string,
  expected: Uint8Array | undefined,
): Promise<void> {
  const now = await readUserFile(fs, file);
  if (sameBytes(now?.bytes, expected)) return;
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another program changed {0} at the same time. Try again.", file),
    {
      path: file,
    },
  );
}

/**
 * Without this the new name may be lost in a power failure. Windows cannot open folders and needs it not;
 * some network file systems answer that they cannot.
 */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!isErrorCode(error, "EINVAL")) throw error;
  } finally {
    await handle.close();
  }
}
