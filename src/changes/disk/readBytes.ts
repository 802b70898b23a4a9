import { constants, type Stats } from "node:fs";
import type * as fileSystem from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { Refusal } from "../refusal";
import { isErrorCode } from "./errorCode";

/**
 * A pipe that a folder brings along would otherwise hold the opening, and with it one of Node's few threads,
 * for ever; a terminal would become ours. Windows has neither flag.
 */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK || 0) | (constants.O_NOCTTY || 0);

type OpenFile = Pick<typeof fileSystem, "open">;

/** Read first of a file that does not say its size. */
const FIRST_BYTES = 64 * 1024;

/**
 * The one way to read a file, whoever made it: never waits for another program, and never reads more than the
 * limit and one byte, whatever the file says of its size (those of /proc say 0).
 * @param largest bytes; a file with more is refused
 * @throws Refusal `change/not-a-file` or `change/too-large`, or the error of the operating system
 */
export async function readBytes(
  fs: OpenFile,
  path: string,
  largest: number,
): Promise<{ readonly bytes: Uint8Array; readonly info: Stats }> {
  const file = await fs.open(path, FLAGS).catch((error: unknown) => {
    // A socket, or a device that is not there.
    throw isErrorCode(error, "ENXIO") ? notAFile(path) : error;
  });
  try {
    // Asked of the open file: by its name another one could be meant by now.
    const info = await file.stat();
    if (!info.isFile()) throw notAFile(path);
    const bytes = info.size > largest ? undefined : await readAtMost(file, info.size, largest + 1);
    if (!bytes || bytes.length > largest) throw tooLarge(path, largest);
    return { bytes, info };
  } finally {
    await file.close();
  }
}

/** The text of a file that may as well not be there; undefined for whatever cannot be read. */
export function readTextIfAny(fs: OpenFile, path: string, largest: number): Promise<string | undefined> {
  return readBytes(fs, path, largest).then(
    ({ bytes }) => Buffer.from(bytes).toString("utf8"),
    () => undefined,
  );
}

/** @param size what the file says; one of /proc says 0, and any may grow meanwhile */
async function readAtMost(file: fileSystem.FileHandle, size: number, most: number): Promise<Uint8Array> {
  // One byte more than the size, so that the end is found without another piece of memory.
  let bytes = new Uint8Array(Math.min(size === 0 ? FIRST_BYTES : size + 1, most));
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    // More was asked for, and there is no more than the file says: another read would only tell that it ends here.
    const isWhole = length === size && size > 0;
    if (bytesRead === 0 || isWhole || length === most) return bytes.slice(0, length);
    if (length < bytes.length) continue;
    // Twice as much, so that copying takes no longer than reading.
    const larger = new Uint8Array(Math.min(2 * length, most));
    larger.set(bytes);
    bytes = larger;
  }
}

function notAFile(path: string): Refusal {
  const message = l10n.t("{0} is not a regular file. Move it away first.", path);
  return new Refusal("change/not-a-file", message, { path });
}

function tooLarge(path: string, largest: number): Refusal {
  const kilobytes = Math.floor(largest / 1000);
  const message = l10n.t("{0} is larger than {1} KB. Is it the right file?", path, kilobytes);
  return new Refusal("change/too-large", message, { path });
}
