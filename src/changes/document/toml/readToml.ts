import * as l10n from "@vscode/l10n";
import { parse, TomlError } from "smol-toml";
import { refuseDeepNesting, refuseDeepTree } from "../deepNesting";
import { type KeyPath, type Remarks, startsWith } from "../edits/keyEdit";
import { Refusal } from "../../refusal";
import { rangesOf, type TextRange } from "../edits/textEdit";
import { isObject, valueAt } from "../valueAt";
import { remarksIn } from "./remarks";
import { isInsideInline, parseTomlDocument, type TomlDocument, type TomlEntry } from "./tomlDocument";

/** The values of a TOML text; integers beyond 2^53 as bigint. @throws Refusal `change/invalid-syntax` */
export function readToml(text: string): Record<string, unknown> {
  try {
    const document = refuseDeepNesting(() => parse(text, { integersAsBigInt: "asNeeded" }));
    refuseDeepTree<unknown>(document, partsOf);
    return document;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line of the message: the others quote the file.
    throw new Refusal("change/invalid-syntax", l10n.t("The file is not valid TOML. Correct it first."), {
      line: error.line - 1,
      column: error.column - 1,
    });
  }
}

/** Tables and lists one level deeper. */
function partsOf(value: unknown): readonly unknown[] {
  const parts: unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [];
  return parts.filter((part) => typeof part === "object" && part !== null);
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

/** Finds where a key or its value stands; undefined when it is not there. */
export type FindRange = (path: KeyPath, part: "key" | "value") => TextRange | undefined;

/** Where everything stands in a TOML text. */
export interface TomlPlaces {
  readonly rangeAt: FindRange;
  /** Tables without a key at a path and below it, as values of the tables above them. */
  readonly emptyTablesAt: (path: KeyPath) => ({ path: KeyPath; raw: string } & Remarks)[];
  /** The values at a path and, where that is a table with lines of its own, below it; each as it is spelled. */
  readonly rawValuesAt: (path: KeyPath) => ({ path: KeyPath; raw: string } & Remarks)[];
}

/**
 * Reads a text once for many places, and not before the first is asked for.
 * @param values what the text holds
 * @throws Refusal `change/invalid-syntax` where a place is asked for
 */
export function placesIn(text: string, values: unknown): TomlPlaces {
  let parsed: TomlDocument | undefined;
  let byPath: ReadonlyMap<string, TomlEntry> | undefined;
  let found: ReturnType<typeof remarksIn> | undefined;
  const read = () => (parsed ??= parseTomlDocument(text));
  const entries = () => read().entries;
  const remarks = () => (found ??= remarksIn(text, read()));
  const rangeOf = rangesOf(text);
  return {
    rangeAt: (path, part) => {
      byPath ??= new Map(entries().map((entry) => [JSON.stringify(entry.path), entry]));
      const entry = byPath.get(JSON.stringify(path));
      return entry && rangeOf(entry.node[part].range);
    },
    rawValuesAt: (path) =>
      entries()
        .filter((entry) => startsWith(entry.path, path) && !isInsideInline(entry, path))
        // An element of an array of tables has no path of its own.
        .filter((entry) => valueAt(values, entry.path) !== undefined)
        .map((entry) => {
          const raw = text.slice(...entry.node.value.range);
          return { path: entry.path, raw, ...remarks().ofEntry(entry, path) };
        }),
    emptyTablesAt: (path) =>
      read()
        .tables.filter((table) => startsWith(table.path, path) && isEmptyObject(valueAt(values, table.path)))
        .map((table) => ({ path: table.path, raw: "{}", ...remarks().ofEmptyTable(table) })),
  };
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
