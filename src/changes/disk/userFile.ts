import type * as fileSystem from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { isErrorCode } from "./errorCode";
import { readAfresh, readOnce } from "./readings";
import { FileInUse } from "./retryingFileSystem";
import { Refusal } from "../refusal";

/** The part of node:fs/promises that touches users' files; tests pass a double that fails or loses power. */
export type FileSystem = Pick<
  typeof fileSystem,
  "mkdir" | "open" | "readdir" | "readlink" | "realpath" | "rename" | "rm" | "rmdir" | "stat" | "unlink"
>;

/** A configuration file of 5 MB is not one: something else has the name. */
const MAXIMUM_BYTES = 5_000_000;

export interface UserFile {
  /** Where the bytes really are, behind symbolic links. */
  readonly realPath: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Has another name as well, which replacing it would part from this one. */
  readonly hardLinked: boolean;
}

/**
 * Reads a file that may be written later; a file system that remembers answers from before while the file is the same.
 * @param largest bytes; a larger file is refused
 * @returns undefined when there is none
 * @throws Refusal with the path as it was given
 */
export function readUserFile(
  fs: FileSystem,
  path: string,
  largest = MAXIMUM_BYTES,
): Promise<UserFile | undefined> {
  return readWith(readOnce, fs, path, largest);
}

/** The same from the disk, whatever was read before: for all that decides whether a file is replaced. */
export function readUserFileAfresh(fs: FileSystem, path: string): Promise<UserFile | undefined> {
  return readWith(readAfresh, fs, path, MAXIMUM_BYTES);
}

async function readWith(
  read: typeof readOnce,
  fs: FileSystem,
  path: string,
  largest: number,
): Promise<UserFile | undefined> {
  try {
    const realPath = await fs.realpath(path);
    const { bytes, info } = await read(fs, realPath, largest);
    const { mode, uid, gid, nlink } = info;
    return { realPath, bytes, mode: mode & 0o777, uid, gid, hardLinked: nlink > 1 };
  } catch (error) {
    if (isErrorCode(error, "ENOENT") || isErrorCode(error, "ENOTDIR")) return undefined;
    throw asRefusal(error, path);
  }
}

/** Names a failed file operation in the terms of the contract. */
export function asRefusal(error: unknown, path: string): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FileInUse) {
    const message = l10n.t("{0} is open in another program. Close it there and try again.", path);
    return new Refusal("change/write-failed", message, { path });
  }
  if (["EACCES", "EPERM", "EROFS"].some((code) => isErrorCode(error, code))) {
    return new Refusal(
      "change/no-permission",
      l10n.t("{0} cannot be read or written. Check its permissions.", path),
      { path },
    );
  }
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const isFull = ["ENOSPC", "EDQUOT"].includes(reason);
  const message = isFull
    ? l10n.t("{0} could not be written: the disk or your quota is full. Make room and try again.", path)
    : l10n.t("{0} could not be written ({1}). Check the path and the disk and try again.", path, reason);
  return new Refusal("change/write-failed", message, { path });
}

/** Two contents are the same; `undefined` stands for "no file". */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
