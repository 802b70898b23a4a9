import * as l10n from "@vscode/l10n";
import type { FileFormat } from "../changes/plan";
import { NOTHING_PARSED, type ParsedText, parseText } from "../changes/document/readDocument";
import { Refusal } from "../changes/refusal";
import { decode } from "../changes/document/sourceText";
import type { FilePlace } from "../changes/store";
import { type FileSystem, readUserFile } from "../changes/disk/userFile";
import { valueAt } from "../changes/document/valueAt";

/** A configuration file as the client would find it, read and parsed once for all that is asked about it. */
export interface ClientFile extends ParsedText, FilePlace {
  readonly exists: boolean;
  /** Without byte order mark; empty when the file is missing or unreadable. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** The bytes of a file that is not encoded in UTF-8. */
  readonly undecodable?: Uint8Array;
  /** Why it cannot be used as it is, with path, line and column. */
  readonly problem?: Refusal;
}

/**
 * Reads and parses; a broken file is a state to report, not an error to throw.
 * @param largest bytes that are looked at; a larger file counts as broken
 */
export async function readClientFile(
  fs: FileSystem,
  path: string,
  format: FileFormat,
  largest?: number,
): Promise<ClientFile> {
  const empty = { path, text: "", byteOrderMark: false, ...NOTHING_PARSED };
  let bytes: Uint8Array | undefined;
  try {
    const file = await readUserFile(fs, path, largest);
    if (!file) return { ...empty, exists: false };
    bytes = file.bytes;
    const place = file.realPath === path ? {} : { realPath: file.realPath };
    const { text, byteOrderMark } = decode(bytes);
    return { ...textAsFile(path, text, format), ...place, byteOrderMark };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const undecodable = error.code === "change/encoding" && bytes ? { undecodable: bytes } : {};
    return { ...empty, exists: true, ...undecodable, problem: error.at(path) };
  }
}

/** The same for a text that is there already, such as one in a variable. */
export function textAsFile(path: string, text: string, format: FileFormat): ClientFile {
  const file = { path, text, exists: true, byteOrderMark: false };
  if (text.trim() === "") return { ...file, ...NOTHING_PARSED };
  try {
    return { ...file, ...parseText(format, text) };
  } catch (error) {
    // Whatever a parser stumbles over: no file may keep the others from being looked at.
    const problem = error instanceof Refusal ? error : unreadable();
    return { ...file, ...NOTHING_PARSED, problem: problem.at(path) };
  }
}

function unreadable(): Refusal {
  return new Refusal("change/invalid-syntax", l10n.t("The file cannot be read. Is it the right file?"));
}

/**
 * What could not be read must not be planned for as if nothing stood in it, not even when the next reading, for the
 * change itself, succeeds: a value of the user's would count as not there.
 * @throws Refusal with the path of the first such file
 */
export function refuseUnread(files: readonly ClientFile[]): void {
  const unread = files.find(({ problem, text }) => problem && text === "");
  if (unread?.problem) throw unread.problem;
}

/** A text value of the document; undefined for every other type, so that a wrong type never counts as set. */
export function stringAt(file: ClientFile, path: readonly string[]): string | undefined {
  const value = valueAt(file.document, path);
  return typeof value === "string" ? value : undefined;
}
