import { randomBytes } from "node:crypto";
import * as os from "node:os";
import { readTextIfAny } from "./readBytes";
import { isErrorCode } from "./errorCode";
import type { FileSystem } from "./userFile";

/** About ten times what Linux writes. */
const LARGEST_STATUS_BYTES = 4096;

/** The name of a lock file, which says who lays it down: process id, start of the process, something random, host. */
export async function newLockName(fs: FileSystem): Promise<string> {
  const start = await processStart(fs, process.pid);
  return [process.pid, start, randomBytes(6).toString("hex"), os.hostname()].join("-");
}

/**
 * Is the process behind a lock file gone for certain? Unknown for one on another machine that shares the home
 * directory: nobody can ask there.
 * @param held lock files of this very process; one from its id that is not among them is of an earlier process
 */
export async function isAbandonedLock(
  fs: FileSystem,
  lockFile: string,
  held: ReadonlySet<string>,
): Promise<boolean> {
  const [id, start, , ...host] = lockFile.split("-");
  if (host.join("-") !== os.hostname()) return false;
  const pid = Number(id);
  if (pid === process.pid) return !held.has(lockFile);
  if (isGone(pid)) return true;
  const startNow = await processStart(fs, pid);
  return start !== "" && startNow !== "" && start !== startNow;
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM means alive: a window of another user.
    return isErrorCode(error, "ESRCH");
  }
}

/**
 * When a process began, as Linux counts it: ids are soon used again, above all in containers, where the
 * same programs start in the same order. Empty on other systems.
 */
async function processStart(fs: FileSystem, pid: number): Promise<string> {
  const status = (await readTextIfAny(fs, `/proc/${pid}/stat`, LARGEST_STATUS_BYTES)) ?? "";
  // The second field is the program's name in brackets and may hold anything; the start is the 22nd.
  return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
