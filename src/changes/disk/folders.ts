import * as path from "node:path";
import { isWithin } from "../spelling";
import { isErrorCode } from "./errorCode";
import type { FileSystem } from "./userFile";

/** The topmost folder on the way to `folder` that is not there yet; undefined when it is there. */
export async function firstMissingFolder(fs: FileSystem, folder: string): Promise<string | undefined> {
  const parent = path.dirname(folder);
  if (parent === folder || (await exists(fs, folder))) return undefined;
  return (await firstMissingFolder(fs, parent)) ?? folder;
}

/** Whether a file or folder is there, behind links. @throws what the system says where it cannot tell */
export async function exists(fs: FileSystem, name: string): Promise<boolean> {
  try {
    await fs.stat(name);
    return true;
  } catch (error) {
    if (isErrorCode(error, "ENOENT") || isErrorCode(error, "ENOTDIR")) return false;
    throw error;
  }
}

/**
 * Makes a folder and those above it, for the user alone: it may come to hold credentials.
 * @returns the topmost folder that was made; undefined when all were there
 */
export async function makeFolder(fs: FileSystem, folder: string): Promise<string | undefined> {
  const topmost = await firstMissingFolder(fs, folder);
  if (topmost === undefined) return undefined;
  try {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    // A file is only as durable as the names of all the folders above it.
    for (let made = folder; isWithin(topmost, made); made = path.dirname(made)) {
      await syncFolder(fs, path.dirname(made));
    }
  } catch (error) {
    await removeEmptyFolders(fs, folder, topmost);
    throw error;
  }
  return topmost;
}

/** Takes away `folder` and those above it up to `topmost`, as far as nothing is in them. Never throws. */
export async function removeEmptyFolders(fs: FileSystem, folder: string, topmost: string): Promise<void> {
  // Two paths of which one is longer may be strangers, behind a link.
  if (!isWithin(topmost, folder)) return;
  if (!(await isRemoved(fs, folder))) return;
  // A disk that cannot be synced is no reason to leave those above.
  await syncFolder(fs, path.dirname(folder)).catch(() => undefined);
  await removeEmptyFolders(fs, path.dirname(folder), topmost);
}

/** Not all of them may have been made. An error may pass, or come although the folder went. */
async function isRemoved(fs: FileSystem, folder: string, attempts = 2): Promise<boolean> {
  try {
    await fs.rmdir(folder);
    return true;
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return true;
    const isInUse = isErrorCode(error, "ENOTEMPTY") || isErrorCode(error, "EEXIST");
    return !isInUse && attempts > 1 && isRemoved(fs, folder, attempts - 1);
  }
}

/**
 * Without this a new, changed or deleted name may be lost in a power failure. Windows cannot open folders
 * and needs it not; some network file systems answer that they cannot.
 */
export async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
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
