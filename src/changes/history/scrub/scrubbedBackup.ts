import { hashBytes, type JournalFile } from "../../store";
import { editJson } from "../../document/json/editJson";
import type { KeyPath } from "../../document/edits/keyEdit";
import { readDocument } from "../../document/readDocument";
import { decode, encode } from "../../document/sourceText";
import { editToml } from "../../document/toml/editToml";
import { isObject, valueAt } from "../../document/valueAt";

/** What a backup can still give back after keys were taken out of it. */
interface Remains {
  /** undefined: there was no file, or nothing but a key in it. */
  readonly content: Uint8Array | undefined;
  /** Dotted names of the members that held a key; the path itself for a key file. */
  readonly leftOut: readonly string[];
}

/**
 * Removing the API key leaves empty values in the backups. A client would take one for its key, so a restore
 * leaves such a member out.
 * @returns undefined when the backup is gone
 */
export function remainsOf(file: JournalFile, saved: Uint8Array | undefined): Remains | undefined {
  if (file.backup && !saved) return undefined;
  if (!saved || hashBytes(saved) === file.beforeHash) return { content: saved, leftOut: [] };
  if (saved.length === 0) return file.format ? undefined : { content: undefined, leftOut: [file.path] };
  if (!file.format) return { content: saved, leftOut: [] };
  const { byteOrderMark, text } = decode(saved);
  const document = readDocument(file.format, text);
  const emptied = file.edits.flatMap(({ path }) => emptyValues(valueAt(document, path), path));
  const edits = emptied.map((path) => ({ kind: "remove", path }) as const);
  const left =
    file.format === "toml"
      ? editToml(text, edits)
      : editJson(text, edits, { allowComments: file.format === "jsonc" });
  return {
    content: encode({ byteOrderMark, text: left }),
    leftOut: emptied.map((path) => path.join(".")),
  };
}

function emptyValues(value: unknown, path: KeyPath): KeyPath[] {
  if (value === "") return [path];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => emptyValues(member, [...path, name]));
}
