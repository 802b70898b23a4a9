import type { AST } from "toml-eslint-parser";
import type { KeyPath } from "../keyEdit";
import { applyTextEdits, lineStart, nextLine, type TextEdit } from "../textEdit";
import { commaAfter } from "./insertInline";
import {
  isInsideInline,
  parseTomlDocument,
  startsWith,
  type TomlEntry,
  type TomlTable,
} from "./tomlDocument";

/** Takes out a key with its line, or a table with everything in it; nothing when it is not there. */
export function removeKey(text: string, path: KeyPath): string {
  const { tables, entries } = parseTomlDocument(text);
  const gone = tables.filter((table) => startsWith(table.path, path));
  const isInside = (entry: TomlEntry) => gone.some((table) => table === entry.container);
  const lines = entries.filter(
    (entry) => startsWith(entry.path, path) && !isInside(entry) && !isInsideInline(entry, path),
  );
  const inline = lines.find(({ container }) => container.kind === "inline");
  // Neighbours share a comma, so each is taken out of what the one before left.
  if (inline) return removeKey(applyTextEdits(text, entryRemoval(text, inline)), path);
  return applyTextEdits(text, [
    ...gone.map((table) => tableRemoval(text, table)),
    ...lines.flatMap((entry) => entryRemoval(text, entry)),
  ]);
}

/** From the header to the last key; comments behind that may belong to what follows. */
function tableRemoval(text: string, { node }: TomlTable): TextEdit {
  const last = node.body.findLast((part) => part.type === "TOMLKeyValue");
  const start = lineStart(text, node.range[0]);
  const end = nextLine(text, last?.range[1] ?? node.range[0]);
  // The blank line that parted the table from the one before it goes too, unless it still parts something.
  const blankBefore = /\n([ \t]*\r?\n)$/.exec(text.slice(0, start))?.[1] ?? "";
  const partsNothing = end === text.length || /^[ \t]*\r?\n/.test(text.slice(end));
  return { start: partsNothing ? start - blankBefore.length : start, end, text: "" };
}

function entryRemoval(text: string, { node, container }: TomlEntry): TextEdit[] {
  if (container.kind === "inline") return inlineRemoval(text, container.node, node);
  return [{ start: lineStart(text, node.range[0]), end: nextLine(text, node.range[1]), text: "" }];
}

function inlineRemoval(text: string, table: AST.TOMLInlineTable, node: AST.TOMLKeyValue): TextEdit[] {
  const index = table.body.indexOf(node);
  const previous = table.body[index - 1];
  const next = table.body[index + 1];
  const comma = commaAfter(text, node.range[1]);
  const start = lineStart(text, node.range[0]);
  const end = nextLine(text, comma ?? node.range[1]);
  const ownLines =
    text.slice(start, node.range[0]).trim() === "" &&
    isLineRest(text.slice(comma ? comma + 1 : node.range[1], end));
  if (ownLines && start > table.range[0]) return [{ start, end, text: "" }];
  if (next) return [{ start: node.range[0], end: next.range[0], text: "" }];
  if (previous) return lastRemoval(text, previous, node);
  return [{ start: table.range[0] + 1, end: (comma ?? node.range[1] - 1) + 1, text: "" }];
}

/** The comma in front goes with the last element; a comment between them is the previous one's. */
function lastRemoval(text: string, previous: AST.TOMLKeyValue, { range: [start, end] }: AST.TOMLKeyValue) {
  const comma = commaAfter(text, previous.range[1]) ?? previous.range[1];
  const between = text.slice(previous.range[1], start);
  if (!between.includes("#")) return [{ start: previous.range[1], end, text: "" }];
  return [
    { start: comma, end: comma + 1, text: "" },
    { start, end, text: "" },
  ];
}

function isLineRest(text: string): boolean {
  return /^[ \t]*(?:#[^\n]*)?\r?\n?$/.test(text);
}
