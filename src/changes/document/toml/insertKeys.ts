import { type KeyPath, type Remarks, samePath, startsWith } from "../edits/keyEdit";
import { endOfLineAt, indentationAt, lineStart, nextLine, type TextEdit } from "../edits/textEdit";
import { insertInline } from "./insertInline";
import { placeBelow } from "./remarks";
import { renderKey } from "./renderToml";
import { conflict, type TomlDocument, type TomlEntry, type TomlTable } from "./tomlDocument";

/** A key with its value and comments as they will stand in the text. */
export interface NewKey extends Remarks {
  readonly path: KeyPath;
  readonly raw: string;
}

/**
 * Adds keys of one table where a person would have written them.
 * @param keys none of them is there yet, and only their last names differ
 */
export function insertKeys(
  text: string,
  document: TomlDocument,
  keys: readonly [NewKey, ...NewKey[]],
): TextEdit[] {
  for (const { path } of keys) refuseConflicts(text, document, path);
  const parent = keys[0].path.slice(0, -1);
  const inline = document.entries.findLast(
    ({ path: at, node }) => startsWith(parent, at) && node.value.type === "TOMLInlineTable",
  );
  if (inline?.node.value.type === "TOMLInlineTable") {
    const pairs = keys.map((key) => ({ text: pairOf(key, inline.path), remark: key.behind }));
    return insertInline(text, inline.node.value, pairs);
  }
  const placed = keys.map((key) => ({ key, place: placeBelow(text, document, parent, key.above) }));
  const atRemarks = placed.flatMap(({ key, place }) =>
    place ? insertLinesAfter(text, place.offset, place.indentation, [lineOf(key)]) : [],
  );
  const others = placed.filter(({ place }) => !place).map(({ key }) => key);
  return others.length === 0 ? atRemarks : [...atRemarks, ...insertTogether(text, document, parent, others)];
}

function insertTogether(
  text: string,
  document: TomlDocument,
  parent: KeyPath,
  keys: readonly NewKey[],
): TextEdit[] {
  const lines = keys.map(lineOf);
  if (parent.length === 0) return insertAtRoot(text, document, lines);
  const table = document.tables.find(({ kind, path: at }) => kind === "table" && samePath(at, parent));
  if (table) return insertIntoTable(text, document, table, lines);
  const sibling = document.entries.findLast((entry) => isDottedSibling(entry, parent));
  if (sibling) return insertAfterSibling(text, sibling, parent, lines);
  const header = keys.find((key) => key.header !== undefined)?.header;
  return appendLines(text, [withRemark(`[${renderKey(parent)}]`, header), ...lines]);
}

function lineOf(key: NewKey): string {
  return withRemark(pairOf(key, key.path.slice(0, -1)), key.behind);
}

function pairOf({ path, raw }: NewKey, table: KeyPath): string {
  return `${renderKey(path.slice(table.length))} = ${raw}`;
}

function withRemark(line: string, remark: string | undefined): string {
  return remark === undefined ? line : `${line} ${remark}`;
}

/** A scalar or an array of tables where a table is needed, or a table where the value should go. */
function refuseConflicts(text: string, { entries, tables }: TomlDocument, path: KeyPath): void {
  const isInTheWay = ({ path: at, kind }: TomlTable) =>
    startsWith(at, path) || (kind === "arrayElement" && startsWith(path, at.slice(0, -1)));
  const inTheWay =
    tables.find(isInTheWay)?.node ??
    entries.find(({ path: at, node }) => startsWith(path, at) && node.value.type !== "TOMLInlineTable")
      ?.node ??
    entries.find(({ path: at }) => startsWith(at, path))?.node;
  if (!inTheWay) return;
  throw conflict(text, path, inTheWay.range[0]);
}

function isDottedSibling({ path, container }: TomlEntry, parent: KeyPath): boolean {
  return (
    container.kind !== "inline" &&
    container.path.length < parent.length &&
    startsWith(path.slice(0, -1), parent)
  );
}

function insertAtRoot(
  text: string,
  { root, tables, comments }: TomlDocument,
  lines: readonly string[],
): TextEdit[] {
  const last = root.node.body.findLast((node) => node.type === "TOMLKeyValue");
  if (last) return insertLinesAfter(text, last.range[1], indentationAt(text, last.range[0]), lines);
  const [first] = tables;
  if (!first) return appendLines(text, lines);
  // Comments directly above the table belong to it; `#:schema` counts for editors only above all keys.
  let offset = lineStart(text, first.node.range[0]);
  for (const { range, value } of comments.filter(({ range: [start] }) => start < offset).reverse()) {
    if (nextLine(text, range[0]) === offset && !value.startsWith(":")) offset = lineStart(text, range[0]);
  }
  const endOfLine = endOfLineAt(text, offset);
  return [{ start: offset, end: offset, text: withEndOfLine(lines, endOfLine) + endOfLine }];
}

function insertIntoTable(
  text: string,
  { entries }: TomlDocument,
  table: TomlTable,
  lines: readonly string[],
): TextEdit[] {
  const last = entries.findLast(({ container }) => container === table);
  const [start, end] = last ? last.node.range : [table.node.range[0], table.node.range[0]];
  return insertLinesAfter(text, end, indentationAt(text, start), lines);
}

/** In the spelling the user chose for the sibling's prefix. */
function insertAfterSibling(
  text: string,
  { node, container }: TomlEntry,
  parent: KeyPath,
  lines: readonly string[],
): TextEdit[] {
  const keys = node.key.keys.slice(0, parent.length - container.path.length);
  const [start, end] = [node.key.range[0], keys.at(-1)?.range[1] ?? node.key.range[0]];
  const prefix = `${indentationAt(text, start)}${text.slice(start, end)}.`;
  return insertLinesAfter(text, node.range[1], prefix, lines);
}

function insertLinesAfter(
  text: string,
  offset: number,
  prefix: string,
  lines: readonly string[],
): TextEdit[] {
  const endOfLine = endOfLineAt(text, offset);
  const start = nextLine(text, offset);
  const missing = text.endsWith("\n") || start < text.length ? "" : endOfLine;
  const prefixed = lines.map((line) => prefix + line);
  return [{ start, end: start, text: missing + withEndOfLine(prefixed, endOfLine) }];
}

/** At the end, with a blank line in between; or into an empty file. */
function appendLines(text: string, lines: readonly string[]): TextEdit[] {
  const endOfLine = endOfLineAt(text, text.length);
  const added = missingLineEnds(text, endOfLine) + withEndOfLine(lines, endOfLine);
  return [{ start: text.length, end: text.length, text: added }];
}

/** What is missing until the text ends with a blank line. */
function missingLineEnds(text: string, endOfLine: string): string {
  if (text === "" || /(?:^|\n)[ \t]*\r?\n$/.test(text)) return "";
  const isLastLineBlank = /(?:^|\n)[ \t]*$/.test(text);
  return isLastLineBlank ? endOfLine : endOfLine + endOfLine;
}

function withEndOfLine(lines: readonly string[], endOfLine: string): string {
  return lines.map((line) => line + endOfLine).join("");
}
