import type { KeyPath } from "../keyEdit";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, nextLine } from "../textEdit";
import { insertInline } from "./insertInline";
import { renderKey } from "./renderToml";
import {
  conflict,
  samePath,
  startsWith,
  type TomlDocument,
  type TomlEntry,
  type TomlTable,
} from "./tomlDocument";

/** Adds a key that is not there yet, where a person would have written it. */
export function insertKey(text: string, document: TomlDocument, path: KeyPath, raw: string): string {
  refuseConflicts(text, document, path);
  const parent = path.slice(0, -1);
  const inline = document.entries.findLast(
    ({ path: at, node }) => startsWith(parent, at) && node.value.type === "TOMLInlineTable",
  );
  if (inline?.node.value.type === "TOMLInlineTable") {
    return insertInline(text, inline.node.value, `${renderKey(path.slice(inline.path.length))} = ${raw}`);
  }
  if (parent.length === 0) return insertAtRoot(text, document, `${renderKey(path)} = ${raw}`);
  const table = document.tables.find(({ kind, path: at }) => kind === "table" && samePath(at, parent));
  if (table)
    return insertIntoTable(text, document, table, `${renderKey(path.slice(parent.length))} = ${raw}`);
  const sibling = document.entries.findLast((entry) => isDottedSibling(entry, parent));
  if (sibling) return insertAfterSibling(text, sibling, parent, `${renderKey(path.slice(-1))} = ${raw}`);
  return appendTable(text, renderKey(parent), `${renderKey(path.slice(-1))} = ${raw}`);
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

function insertAtRoot(text: string, { root, tables, comments }: TomlDocument, line: string): string {
  const last = root.node.body.findLast((node) => node.type === "TOMLKeyValue");
  if (last) return insertLineAfter(text, last.range[1], indentationAt(text, last.range[0]) + line);
  const [first] = tables;
  if (!first) return appendLine(text, line);
  // Comments directly above the table belong to it.
  let offset = lineStart(text, first.node.range[0]);
  for (const { range } of comments.filter(({ range: [start] }) => start < offset).reverse()) {
    if (nextLine(text, range[0]) === offset) offset = lineStart(text, range[0]);
  }
  const endOfLine = endOfLineAt(text, offset);
  return applyTextEdits(text, [{ start: offset, end: offset, text: line + endOfLine + endOfLine }]);
}

function insertIntoTable(text: string, { entries }: TomlDocument, table: TomlTable, line: string): string {
  const last = entries.findLast(({ container }) => container === table);
  if (last) return insertLineAfter(text, last.node.range[1], indentationAt(text, last.node.range[0]) + line);
  const header = table.node.range[0];
  return insertLineAfter(text, header, indentationAt(text, header) + line);
}

/** In the spelling the user chose for the sibling's prefix. */
function insertAfterSibling(
  text: string,
  { node, container }: TomlEntry,
  parent: KeyPath,
  line: string,
): string {
  const keys = node.key.keys.slice(0, parent.length - container.path.length);
  const [start, end] = [node.key.range[0], keys.at(-1)?.range[1] ?? node.key.range[0]];
  return insertLineAfter(
    text,
    node.range[1],
    `${indentationAt(text, start)}${text.slice(start, end)}.${line}`,
  );
}

function insertLineAfter(text: string, offset: number, line: string): string {
  const endOfLine = endOfLineAt(text, offset);
  const start = nextLine(text, offset);
  const missing = text.endsWith("\n") || start < text.length ? "" : endOfLine;
  return applyTextEdits(text, [{ start, end: start, text: missing + line + endOfLine }]);
}

/** Behind a file of nothing but comments, or into an empty one. */
function appendLine(text: string, line: string): string {
  const endOfLine = endOfLineAt(text, text.length);
  return withBlankLine(text, endOfLine) + line + endOfLine;
}

function appendTable(text: string, header: string, line: string): string {
  const endOfLine = endOfLineAt(text, text.length);
  return `${withBlankLine(text, endOfLine)}[${header}]${endOfLine}${line}${endOfLine}`;
}

function withBlankLine(text: string, endOfLine: string): string {
  if (text.trim() === "" || /\n[ \t]*\r?\n$/.test(text)) return text;
  return text + (text.endsWith("\n") ? endOfLine : endOfLine + endOfLine);
}
