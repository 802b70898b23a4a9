import * as l10n from "@vscode/l10n";
import { parse, TomlError } from "smol-toml";
import { samePath, startsWith, type KeyPath } from "../keyEdit";
import { Refusal } from "../refusal";
import { rangeOf, type TextRange } from "../textEdit";
import { valueAt } from "../valueAt";
import { isInsideInline, parseTomlDocument, type TomlEntry } from "./tomlDocument";

/** The values of a TOML text; integers beyond 2^53 as bigint. @throws Refusal `change/invalid-syntax` */
export function readToml(text: string): Record<string, unknown> {
  try {
    return parse(text, { integersAsBigInt: "asNeeded" });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line of the message: the others quote the file.
    throw new Refusal("change/invalid-syntax", l10n.t("The file is not valid TOML. Correct it first."), {
      line: error.line - 1,
      column: error.column - 1,
    });
  }
}

/** The text is no TOML because a key or table stands in it twice. */
export function definesTwice(text: string): boolean {
  try {
    parse(text);
    return false;
  } catch (error) {
    return error instanceof TomlError && error.message.includes("trying to redefine");
  }
}

/** A value exactly as it is spelled; undefined when the path names a table or nothing. */
export function rawValueAt(text: string, path: KeyPath): string | undefined {
  const entry = entryAt(text, path);
  return entry && text.slice(...entry.node.value.range);
}

/** The values at a path and, where that is a table with lines of its own, below it; each as it is spelled. */
export function rawValuesAt(text: string, path: KeyPath): { path: KeyPath; raw: string }[] {
  const values = readToml(text);
  return (
    parseTomlDocument(text)
      .entries.filter((entry) => startsWith(entry.path, path) && !isInsideInline(entry, path))
      // An element of an array of tables has no path of its own.
      .filter((entry) => valueAt(values, entry.path) !== undefined)
      .map((entry) => ({ path: entry.path, raw: text.slice(...entry.node.value.range) }))
  );
}

/** Finds where a key or its value stands; undefined when it is not there. */
export type FindRange = (path: KeyPath, part: "key" | "value") => TextRange | undefined;

/** Reads a text once for many ranges. @throws Refusal `change/invalid-syntax` */
export function rangesIn(text: string): FindRange {
  const { entries } = parseTomlDocument(text);
  return (path, part) => {
    const entry = entries.find((each) => samePath(each.path, path));
    return entry && rangeOf(text, entry.node[part].range);
  };
}

function entryAt(text: string, path: KeyPath): TomlEntry | undefined {
  return parseTomlDocument(text).entries.find((entry) => samePath(entry.path, path));
}
