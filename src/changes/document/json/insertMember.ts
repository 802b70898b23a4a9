import { createScanner, type Node } from "jsonc-parser";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, type TextEdit } from "../edits/textEdit";
import { membersOf } from "./jsonDocument";
import type { RenderJson } from "./renderJson";

/** Adds a member behind the last one, on a line of its own where the others have theirs. */
export function insertMember(text: string, object: Node, name: string, value: RenderJson): string {
  const last = membersOf(object).at(-1)?.node;
  const key = JSON.stringify(name);
  if (!last) return insertFirst(text, object, key, value);
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  if (!startsItsLine(text, last.offset)) {
    const start = comma === undefined ? end : comma + 1;
    const pair = `${key}: ${value()}`;
    return applyTextEdits(text, [
      { start, end: start, text: comma === undefined ? `, ${pair}` : ` ${pair}` },
    ]);
  }
  const endOfLine = endOfLineAt(text, last.offset);
  const indentation = indentationAt(text, last.offset);
  const line = `${key}: ${value({ indentation, unit: indentationUnit(text), endOfLine })}`;
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const next = endOfRemark(text, comma === undefined ? end : comma + 1);
  const added = endOfLine + indentation + line + (comma === undefined ? "" : ",");
  return applyTextEdits(text, [...separator, { start: next, end: next, text: added }]);
}

function insertFirst(text: string, { offset, length }: Node, key: string, value: RenderJson): string {
  const start = offset + 1;
  const end = offset + length - 1;
  const inside = text.slice(start, end);
  const isBlank = inside.trim() === "";
  if (text.slice(0, offset).trim() !== "" && !text.trim().includes("\n")) {
    const pair = ` ${key}: ${value()}`;
    return applyTextEdits(text, [{ start, end: start, text: /^\s/.test(inside) ? pair : `${pair} ` }]);
  }
  const endOfLine = endOfLineAt(text, offset);
  const outer = indentationAt(text, lineStart(text, offset) + leadingBlanks(text, offset));
  const unit = indentationUnit(text);
  const indentation = outer + unit;
  const line = `${endOfLine}${indentation}${key}: ${value({ indentation, unit, endOfLine })}`;
  if (!inside.includes("\n")) {
    return applyTextEdits(text, [{ start, end: isBlank ? end : start, text: line + endOfLine + outer }]);
  }
  const afterRemark = endOfRemark(text, start);
  return applyTextEdits(text, [{ start: afterRemark, end: afterRemark, text: line }]);
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

/** Offset of the comma behind a member, past blanks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return text[scanner.getTokenOffset()] === "," ? scanner.getTokenOffset() : undefined;
}

/** Behind the remark that begins on the same line, so that it stays with the member it is about. */
function endOfRemark(text: string, offset: number): number {
  const remark = /^(?:[ \t]*\/\*[^]*?\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/.exec(text.slice(offset));
  return offset + (remark?.[0].length ?? 0);
}
