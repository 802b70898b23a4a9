import type { Node } from "jsonc-parser";
import type { Remarks } from "../edits/keyEdit";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, type TextEdit } from "../edits/textEdit";
import { commaAfter, membersOf } from "./jsonDocument";
import { commentAbove, remarkAt } from "./remarks";
import type { RenderJson } from "./renderJson";

/**
 * Adds a member below the comment that it stood below, else behind the last one: on a line of its own where the
 * others have theirs.
 */
export function insertMember(
  text: string,
  object: Node,
  name: string,
  value: RenderJson,
  remarks: Remarks = {},
): string {
  const last = membersOf(object).at(-1)?.node;
  const key = JSON.stringify(name);
  const belowComment = insertBelow(text, object, key, value, remarks);
  if (belowComment) return applyTextEdits(text, belowComment);
  if (!last) return insertFirst(text, object, key, value, remarks);
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  if (!startsItsLine(text, last.offset)) {
    const start = comma === undefined ? end : comma + 1;
    const pair = `${key}: ${value()}${remarkAt(text, start, remarks)}`;
    return applyTextEdits(text, [
      { start, end: start, text: comma === undefined ? `, ${pair}` : ` ${pair}` },
    ]);
  }
  const endOfLine = endOfLineAt(text, last.offset);
  const indentation = indentationAt(text, last.offset);
  const line = `${key}: ${value({ indentation, unit: indentationUnit(text), endOfLine })}`;
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const next = endOfRemark(text, comma === undefined ? end : comma + 1);
  const added =
    endOfLine + indentation + line + (comma === undefined ? "" : ",") + remarkAt(text, next, remarks);
  return applyTextEdits(text, [...separator, { start: next, end: next, text: added }]);
}

/** @returns undefined where no such comment is left, or the place for a comma would be unusual */
function insertBelow(
  text: string,
  object: Node,
  key: string,
  value: RenderJson,
  remarks: Remarks,
): TextEdit[] | undefined {
  const comment = commentAbove(text, object, remarks.above);
  if (!comment) return undefined;
  const members = membersOf(object).map(({ node }) => node);
  const previous = members.findLast(({ offset }) => offset < comment.start);
  const isLast = previous === members.at(-1);
  const end = previous && previous.offset + previous.length;
  const comma = end === undefined ? undefined : commaAfter(text, end);
  if (comma !== undefined && comma > comment.start) return undefined;
  const separator = end !== undefined && comma === undefined ? [{ start: end, end, text: "," }] : [];
  const endOfLine = endOfLineAt(text, comment.start);
  const indentation = indentationAt(text, comment.start);
  const pair = `${key}: ${value({ indentation, unit: indentationUnit(text), endOfLine })}`;
  const hasComma = !isLast || comma !== undefined;
  const line = endOfLine + indentation + pair + (hasComma ? "," : "");
  const start = comment.end;
  return [...separator, { start, end: start, text: line + remarkAt(text, start, remarks) }];
}

function insertFirst(
  text: string,
  { offset, length }: Node,
  key: string,
  value: RenderJson,
  remarks: Remarks,
): string {
  const start = offset + 1;
  const end = offset + length - 1;
  const inside = text.slice(start, end);
  const isBlank = inside.trim() === "";
  if (text.slice(0, offset).trim() !== "" && !text.trim().includes("\n")) {
    const pair = ` ${key}: ${value()}${remarkAt(text, start, remarks)}`;
    return applyTextEdits(text, [{ start, end: start, text: /^\s/.test(inside) ? pair : `${pair} ` }]);
  }
  const endOfLine = endOfLineAt(text, offset);
  const outer = indentationAt(text, lineStart(text, offset) + leadingBlanks(text, offset));
  const unit = indentationUnit(text);
  const indentation = outer + unit;
  const line = `${endOfLine}${indentation}${key}: ${value({ indentation, unit, endOfLine })}`;
  if (!inside.includes("\n")) {
    const ownRemark = remarks.behind === undefined ? "" : ` ${remarks.behind}`;
    return applyTextEdits(text, [
      { start, end: isBlank ? end : start, text: line + ownRemark + endOfLine + outer },
    ]);
  }
  const afterRemark = endOfRemark(text, start);
  const added = line + remarkAt(text, afterRemark, remarks);
  return applyTextEdits(text, [{ start: afterRemark, end: afterRemark, text: added }]);
}

function leadingBlanks(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0].length ?? 0;
}

/** One indentation step as the file uses it; two blanks where it shows none. */
function indentationUnit(text: string): string {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
}

function startsItsLine(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(start, offset).trim() === "";
}

/** Behind the remark that begins on the same line, so that it stays with the member it is about. */
export function endOfRemark(text: string, offset: number): number {
  const remark = /^(?:[ \t]*\/\*[^]*?\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/.exec(text.slice(offset));
  return offset + (remark?.[0].length ?? 0);
}
