import type { Stats } from "node:fs";
import type * as fileSystem from "node:fs/promises";
import { readBytes } from "./readBytes";

type Disk = Pick<typeof fileSystem, "open" | "stat">;

interface Reading {
  readonly bytes: Uint8Array;
  readonly info: Stats;
}

/** Kept beside the file systems, not in them: a copy with other contents must not inherit what was read. */
const readings = new WeakMap<Disk, Map<string, Reading>>();

/**
 * A file system for one command: a file that stays as it was is read once for whatever is asked about it. It goes
 * with the command, because what it remembers may be a key.
 */
export function rememberingFileSystem<T extends Disk>(fs: T): T {
  const remembering = { ...fs };
  readings.set(remembering, new Map());
  return remembering;
}

/** Lets a file system with the same contents share what another one remembers. */
export function shareReadings(from: Disk, to: Disk): void {
  const known = readings.get(from);
  if (known) readings.set(to, known);
}

/**
 * What was read before, as long as the system calls it the same file, unchanged. Two writings within one tick of the
 * system's clock look the same, so what is replaced is compared by `readAfresh`.
 * @throws as `readBytes`
 */
export async function readOnce(fs: Disk, realPath: string, largest: number): Promise<Reading> {
  const known = readings.get(fs)?.get(realPath);
  if (!known || known.bytes.length > largest) return readAfresh(fs, realPath, largest);
  const now = await fs.stat(realPath);
  return isSame(now, known.info) ? known : readAfresh(fs, realPath, largest);
}

/** What stands on the disk at this moment. @throws as `readBytes` */
export async function readAfresh(fs: Disk, realPath: string, largest: number): Promise<Reading> {
  const known = readings.get(fs);
  // What cannot be read now must not be answered from before.
  known?.delete(realPath);
  const reading = await readBytes(fs, realPath, largest);
  known?.set(realPath, reading);
  return reading;
}

/** The time of the last change covers owner and permissions too, and cannot be set back as that of the content can. */
function isSame(one: Stats, other: Stats): boolean {
  const parts = ["dev", "ino", "size", "mtimeMs", "ctimeMs"] as const;
  return parts.every((part) => one[part] === other[part]);
}
