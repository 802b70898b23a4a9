import type { AST } from "toml-eslint-parser";
import { itemRemoval } from "../edits/itemRemoval";
import { startsWith, type KeyPath } from "../edits/keyEdit";
import { applyTextEdits, lineStart, nextLine, type TextEdit } from "../edits/textEdit";
import { commaAfter } from "./insertInline";
import { isInsideInline, parseTomlDocument, type TomlEntry, type TomlTable } from "./tomlDocument";

/** Takes out a key with its line, or a table with everything in it; nothing when it is not there. */
export function removeKey(text: string, path: KeyPath): string {
  const { tables, entries, comments } = parseTomlDocument(text);
  const gone = tables.filter((table) => startsWith(table.path, path));
  const isInside = (entry: TomlEntry) => gone.some((table) => table === entry.container);
  const lines = entries.filter(
    (entry) => startsWith(entry.path, path) && !isInside(entry) && !isInsideInline(entry, path),
  );
  const inline = lines.find(({ container }) => container.kind === "inline");
  // Neighbours share a comma, so each is taken out of what the one before left.
  if (inline) return removeKey(applyTextEdits(text, entryRemoval(text, inline)), path);
  const isOnly = entries.filter(({ container }) => container.kind === "root").length === 1;
  return applyTextEdits(text, [
    ...gone.map((table) => tableRemoval(text, table, comments)),
    ...lines.flatMap((entry) =>
      isOnly && entry.container.kind === "root" ? onlyRootRemoval(text, entry) : entryRemoval(text, entry),
    ),
  ]);
}

/** From the header to the last key; only comments with a line of their own stay, they are the user's words. */
function tableRemoval(text: string, { node }: TomlTable, comments: readonly AST.Comment[]): TextEdit {
  const keys = node.body.filter((part) => part.type === "TOMLKeyValue");
  const start = lineStart(text, node.range[0]);
  const end = nextLine(text, keys.at(-1)?.range[1] ?? node.range[0]);
  const kept = comments
    .map(({ range: [offset] }) => ({ offset, line: lineStart(text, offset) }))
    .filter(({ offset, line }) => start < line && offset < end && text.slice(line, offset).trim() === "")
    .filter(({ offset }) => !keys.some(({ range }) => range[0] < offset && offset < range[1]))
    .map(({ offset, line }) => text.slice(line, nextLine(text, offset)))
    .join("");
  // The blank line that parted the table from the one before it goes too, unless it still parts something.
  const blankBefore = /\n([ \t]*\r?\n)$/.exec(text.slice(0, start))?.[1] ?? "";
  const partsNothing = kept === "" && (end === text.length || /^[ \t]*\r?\n/.test(text.slice(end)));
  return { start: partsNothing ? start - blankBefore.length : start, end, text: kept };
}

/** What goes with a single key. */
export function entryRemoval(text: string, { node, container }: TomlEntry): TextEdit[] {
  if (container.kind === "inline") return inlineRemoval(text, container.node, node);
  return [{ start: lineStart(text, node.range[0]), end: nextLine(text, node.range[1]), text: "" }];
}

/** The first key above all tables brought a blank line with it; the last one takes it along. */
function onlyRootRemoval(text: string, { node }: TomlEntry): TextEdit {
  const [start, end] = [lineStart(text, node.range[0]), nextLine(text, node.range[1])];
  const before = text.slice(0, start);
  const blankBefore = /\n([ \t]*\r?\n)$/.exec(before)?.[1] ?? "";
  if (end === text.length) return { start: start - blankBefore.length, end, text: "" };
  const blankBehind = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0] ?? "";
  // Behind a comment it still parts that from the table below.
  const partsNothing = start === 0 || blankBefore !== "" || /^[ \t]*\r?\n$/.test(before);
  return { start, end: partsNothing ? end + blankBehind.length : end, text: "" };
}

function inlineRemoval(text: string, table: AST.TOMLInlineTable, node: AST.TOMLKeyValue): TextEdit[] {
  const index = table.body.indexOf(node);
  const previous = table.body[index - 1];
  return itemRemoval(text, {
    start: node.range[0],
    end: node.range[1],
    commaBehind: commaAfter(text, node.range[1]),
    commaInFront: previous && commaAfter(text, previous.range[1]),
    next: table.body[index + 1]?.range[0],
  });
}
