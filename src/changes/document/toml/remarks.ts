import type { AST } from "toml-eslint-parser";
import { type KeyPath, type Remarks, samePath, startsWith } from "../edits/keyEdit";
import { indentationAt, lineStart } from "../edits/textEdit";
import { entryRemoval } from "./removeKey";
import type { TomlDocument, TomlEntry, TomlTable } from "./tomlDocument";

interface RemarksIn {
  /** What a key takes along depends on the path that goes: with a table its header goes too. */
  readonly ofEntry: (entry: TomlEntry, path: KeyPath) => Remarks;
  /** Of a table that comes back as a value of the one above it. */
  readonly ofEmptyTable: (table: TomlTable) => Remarks;
}

/** Finds the comments around the keys of a text, which is looked through once for any number of them. */
export function remarksIn(text: string, { comments }: TomlDocument): RemarksIn {
  const spelled = ({ range }: AST.Comment) => text.slice(...range).trimEnd();
  const byStart = new Map(comments.map((comment) => [comment.range[0], comment]));
  const byLine = new Map(comments.map((comment) => [lineStart(text, comment.range[0]), comment]));
  const headerOf = ({ node }: TomlTable) => byLine.get(lineStart(text, node.range[0]));
  const ofEntry = (entry: TomlEntry, path: KeyPath): Remarks => {
    const { node, container } = entry;
    const behind = commentsBehind(text, node.range[1], byStart).filter(isTaken(text, entry)).map(spelled);
    if (container.kind === "inline") return behind.length > 0 ? { behind: behind.join(" ") } : {};
    const above = byLine.get(lineStart(text, lineStart(text, node.range[0]) - 1));
    const hasHeader = container.kind === "table" && startsWith(container.path, path);
    const isFirst = hasHeader && container.node.body[0] === node;
    const header = isFirst ? headerOf(container) : undefined;
    return {
      ...(behind.length > 0 && { behind: behind.join(" ") }),
      ...(above && standsAlone(text, above) && { above: spelled(above) }),
      ...(header && { header: spelled(header) }),
    };
  };
  const ofEmptyTable = (table: TomlTable): Remarks => {
    const header = headerOf(table);
    return header ? { behind: spelled(header) } : {};
  };
  return { ofEntry, ofEmptyTable };
}

/** On the line, and in an inline table on the way to the comma and behind that. */
function commentsBehind(
  text: string,
  offset: number,
  byStart: ReadonlyMap<number, AST.Comment>,
): AST.Comment[] {
  const found: AST.Comment[] = [];
  const gap = /[\s,]*/y;
  for (;;) {
    gap.lastIndex = offset;
    const next = byStart.get(offset + (gap.exec(text)?.[0].length ?? 0));
    if (!next) return found;
    found.push(next);
    offset = next.range[1];
  }
}

/** Whether a comment goes with the key; in an inline table not every one does. */
function isTaken(text: string, entry: TomlEntry): (comment: AST.Comment) => boolean {
  let removed: readonly { start: number; end: number }[] | undefined;
  return ({ range: [offset] }) => {
    removed ??= entryRemoval(text, entry);
    return removed.some(({ start, end }) => start <= offset && offset < end);
  };
}

function standsAlone(text: string, { range: [offset] }: AST.Comment): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/**
 * The line of a comment that a key of this table stood below; undefined where it is gone, or there are two. Both
 * lists of a document are in the order of the text, so each is gone through once.
 */
export function placeBelow(
  text: string,
  { root, tables, entries, comments }: TomlDocument,
  parent: KeyPath,
  remark: string | undefined,
): { offset: number; indentation: string } | undefined {
  const table =
    parent.length === 0 ? root : tables.find(({ kind, path }) => kind === "table" && samePath(path, parent));
  if (remark === undefined || !table) return undefined;
  const from = table === root ? 0 : table.node.range[0];
  const to = tables[tables.indexOf(table) + 1]?.node.range[0] ?? text.length;
  const values = entries.filter(({ container }) => container === table).map(({ node }) => node.range);
  let value = 0;
  let place: number | undefined;
  for (const comment of comments) {
    const [offset] = comment.range;
    while ((values[value]?.[1] ?? Infinity) <= offset) value++;
    const isInside = from <= offset && offset < to && (values[value]?.[0] ?? Infinity) > offset;
    if (!isInside || text.slice(...comment.range).trimEnd() !== remark || !standsAlone(text, comment))
      continue;
    if (place !== undefined) return undefined;
    place = offset;
  }
  return place === undefined ? undefined : { offset: place, indentation: indentationAt(text, place) };
}
