import type { FileFormat } from "../plan";
import * as json from "./json/readJson";
import type { KeyPath, Remarks } from "./edits/keyEdit";
import { Refusal } from "../refusal";
import { decode } from "./sourceText";
import type { TextRange } from "./edits/textEdit";
import * as toml from "./toml/readToml";

/** A value with its path and the comments around it, exactly as they are spelled in the file. */
export interface RawValue extends Remarks {
  readonly path: KeyPath;
  readonly raw: string;
}

/** A text that was read once, for its values and for every place in it. */
export interface ParsedText {
  /** Of two members with one name the last counts, as in the programs that accept such a file. */
  readonly document: unknown;
  /** Where a key or its value stands; undefined where it is not there or its place cannot be told. */
  readonly rangeAt: (path: KeyPath, part: "key" | "value") => TextRange | undefined;
  /** The values at a path, and for a TOML table with lines of its own every value in it. */
  readonly rawValuesAt: (path: KeyPath) => readonly RawValue[];
  /** Names that stand twice in one object; TOML with any is no TOML. */
  readonly doubled: () => readonly json.DoubledName[];
}

/** What is known of a text that cannot be read, or is not there. */
export const NOTHING_PARSED: ParsedText = {
  document: {},
  rangeAt: () => undefined,
  rawValuesAt: () => [],
  doubled: () => [],
};

/** Reads a text without byte order mark. @throws Refusal `change/invalid-syntax` with line and column */
export function parseText(format: FileFormat, text: string): ParsedText {
  return format === "toml" ? parseToml(text) : parseJson(format, text);
}

function parseToml(text: string): ParsedText {
  const document = toml.readToml(text);
  const { rangeAt, rawValuesAt } = toml.placesIn(text, document);
  return {
    document,
    // Another parser finds the places, and the values are known even where it gives up.
    rangeAt: (path, part) => ifPossible(() => rangeAt(path, part)),
    rawValuesAt: (path) => ifPossible(() => rawValuesAt(path)) ?? [],
    doubled: () => [],
  };
}

function parseJson(format: "json" | "jsonc", text: string): ParsedText {
  const { rawValueAt, ...parsed } = json.parseJson(text, { allowComments: format === "jsonc" });
  return {
    ...parsed,
    rawValuesAt: (path) => {
      const value = rawValueAt(path);
      return value ? [{ path, ...value }] : [];
    },
  };
}

function ifPossible<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The values alone. @throws Refusal `change/invalid-syntax` with line and column */
export function readDocument(format: FileFormat, text: string): unknown {
  return format === "toml" ? toml.readToml(text) : json.readJson(text, { allowComments: format === "jsonc" });
}

/** The same for a file that is only looked at: undefined where there is none, or none that can be read. */
export function documentIn(format: FileFormat, bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && readDocument(format, decode(bytes).text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

/**
 * Reads a text for the values at any paths, each as it is spelled and with the comments around it, and for a TOML
 * table with lines of its own every value in it; nothing where nothing is there.
 * @throws Refusal `change/invalid-syntax`, also where only the parser of the places gives up
 */
export function rawValuesIn(format: FileFormat, text: string): (path: KeyPath) => readonly RawValue[] {
  if (format !== "toml") return parseJson(format, text).rawValuesAt;
  const { rawValuesAt, emptyTablesAt } = toml.placesIn(text, toml.readToml(text));
  return (path) => [...rawValuesAt(path), ...emptyTablesAt(path)];
}
