import type { FileFormat } from "../changes/changePlan";
import { readDocument } from "../changes/readDocument";
import { Refusal } from "../changes/refusal";
import { decode } from "../changes/sourceText";
import { type FileSystem, readUserFile } from "../changes/userFile";
import { valueAt } from "../changes/valueAt";

/** A configuration file as the client would find it. */
export interface ClientFile {
  readonly path: string;
  readonly exists: boolean;
  /** Without byte order mark; empty when the file is missing or unreadable. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** Parsed content; an empty object when there is none. */
  readonly document: unknown;
  /** The bytes of a file that is not encoded in UTF-8. */
  readonly undecodable?: Uint8Array;
  /** Why it cannot be used as it is, with path, line and column. */
  readonly problem?: Refusal;
}

/** Reads and parses; a broken file is a state to report, not an error to throw. */
export async function readClientFile(fs: FileSystem, path: string, format: FileFormat): Promise<ClientFile> {
  const empty = { path, text: "", byteOrderMark: false, document: {} };
  let text = "";
  let bytes: Uint8Array | undefined;
  try {
    const file = await readUserFile(fs, path);
    if (!file) return { ...empty, exists: false };
    bytes = file.bytes;
    const source = decode(bytes);
    text = source.text;
    return { path, exists: true, ...source, document: text.trim() === "" ? {} : readDocument(format, text) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const undecodable = error.code === "change/encoding" && bytes ? { undecodable: bytes } : {};
    return { ...empty, text, exists: true, ...undecodable, problem: error.at(path) };
  }
}

/** A text value of the document; undefined for every other type, so that a wrong type never counts as set. */
export function stringAt(file: ClientFile, path: readonly string[]): string | undefined {
  const value = valueAt(file.document, path);
  return typeof value === "string" ? value : undefined;
}
