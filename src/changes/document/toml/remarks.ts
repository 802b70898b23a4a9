import type { AST } from "toml-eslint-parser";
import { type KeyPath, type Remarks, samePath, startsWith } from "../edits/keyEdit";
import { indentationAt, lineStart } from "../edits/textEdit";
import { entryRemoval } from "./removeKey";
import type { TomlDocument, TomlEntry, TomlTable } from "./tomlDocument";

/**
 * Finds the comments around the keys of a text, which is looked through once for any number of them. What a key
 * takes along depends on the path that goes: with a table its header goes too.
 */
export function remarksIn(
  text: string,
  { comments }: TomlDocument,
): (entry: TomlEntry, path: KeyPath) => Remarks {
  const spelled = ({ range }: AST.Comment) => text.slice(...range).trimEnd();
  const byStart = new Map(comments.map((comment) => [comment.range[0], comment]));
  const byLine = new Map(comments.map((comment) => [lineStart(text, comment.range[0]), comment]));
  return (entry, path) => {
    const { node, container } = entry;
    const behind = commentsBehind(text, node.range[1], byStart).filter(isTaken(text, entry)).map(spelled);
    if (container.kind === "inline") return behind.length > 0 ? { behind: behind.join(" ") } : {};
    const above = byLine.get(lineStart(text, lineStart(text, node.range[0]) - 1));
    const hasHeader = container.kind === "table" && startsWith(container.path, path);
    const isFirst = hasHeader && container.node.body[0] === node;
    const header = isFirst ? byLine.get(lineStart(text, container.node.range[0])) : undefined;
    return {
      ...(behind.length > 0 && { behind: behind.join(" ") }),
      ...(above && standsAlone(text, above) && { above: spelled(above) }),
      ...(header && { header: spelled(header) }),
    };
  };
}

/** Of a table that comes back as a value of the one above it. */
export function headerRemark(text: string, { comments }: TomlDocument, { node }: TomlTable): Remarks {
  const line = lineStart(text, node.range[0]);
  const comment = comments.find(
    ({ range }) => node.range[0] < range[0] && lineStart(text, range[0]) === line,
  );
  return comment ? { behind: text.slice(...comment.range).trimEnd() } : {};
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

/** The line of a comment that a key of this table stood below; undefined where it is gone, or there are two. */
export function placeBelow(
  text: string,
  { root, tables, entries, comments }: TomlDocument,
  parent: KeyPath,
  remark: string | undefined,
): { offset: number; indentation: string } | undefined {
  if (remark === undefined) return undefined;
  const isInside = ({ range: [offset] }: AST.Comment) => {
    const table = tables.findLast(({ node }) => node.range[0] < offset) ?? root;
    if (table.kind === "arrayElement" || !samePath(table.path, parent)) return false;
    return !entries.some(({ node: { range } }) => range[0] < offset && offset < range[1]);
  };
  const [place, second] = comments.filter(
    (comment) =>
      text.slice(...comment.range).trimEnd() === remark && standsAlone(text, comment) && isInside(comment),
  );
  if (!place || second) return undefined;
  return { offset: place.range[0], indentation: indentationAt(text, place.range[0]) };
}
