import type { FileFormat } from "./changePlan";
import * as json from "./json/readJson";
import type { KeyPath } from "./keyEdit";
import { Refusal } from "./refusal";
import { decode } from "./sourceText";
import * as toml from "./toml/readToml";

/** Parses a text without byte order mark. @throws Refusal `change/invalid-syntax` with line and column */
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

/** A value exactly as it is spelled in the file. */
export function rawValueAt(format: FileFormat, text: string, path: KeyPath): string | undefined {
  return format === "toml" ? toml.rawValueAt(text, path) : json.rawValueAt(text, path);
}

/** A value with its path, exactly as it is spelled in the file. */
export interface RawValue {
  readonly path: KeyPath;
  readonly raw: string;
}

/** The same, and for a TOML table with lines of its own every value in it; empty when nothing is there. */
export function rawValuesAt(format: FileFormat, text: string, path: KeyPath): RawValue[] {
  if (format === "toml") return toml.rawValuesAt(text, path);
  const raw = json.rawValueAt(text, path);
  return raw === undefined ? [] : [{ path, raw }];
}
