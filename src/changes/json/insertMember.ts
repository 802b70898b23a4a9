import type { Node } from "jsonc-parser";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, type TextEdit } from "../textEdit";
import { membersOf } from "./jsonDocument";

/** Adds a member behind the last one, on a line of its own where the others have theirs. */
export function insertMember(text: string, object: Node, name: string, raw: string): string {
  const last = membersOf(object).at(-1)?.node;
  if (!last) return insertFirst(text, object, name, raw);
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const pair = `${JSON.stringify(name)}: ${raw}`;
  if (!startsItsLine(text, last.offset)) {
    const start = comma === undefined ? end : comma + 1;
    return applyTextEdits(text, [
      { start, end: start, text: comma === undefined ? `, ${pair}` : ` ${pair}` },
    ]);
  }
  const indentation = indentationAt(text, last.offset);
  const line = expand(pair, indentation, indentationUnit(text), endOfLineAt(text, last.offset));
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const next = endOfRemark(text, comma === undefined ? end : comma + 1);
  const tail = comma === undefined ? "" : ",";
  const added = endOfLineAt(text, last.offset) + indentation + line + tail;
  return applyTextEdits(text, [...separator, { start: next, end: next, text: added }]);
}

function insertFirst(text: string, { offset, length }: Node, name: string, raw: string): string {
  const pair = `${JSON.stringify(name)}: ${raw}`;
  const end = offset + length - 1;
  const inside = text.slice(offset + 1, end);
  const endOfLine = endOfLineAt(text, offset);
  if (!inside.includes("\n")) {
    const onlyOneLine = text.slice(0, offset).trim() !== "" && !text.trim().includes("\n");
    if (onlyOneLine) return applyTextEdits(text, [{ start: offset + 1, end: offset + 1, text: ` ${pair} ` }]);
  }
  const outer = indentationAt(text, lineStart(text, offset) + leadingBlanks(text, offset));
  const indentation = outer + indentationUnit(text);
  const line = endOfLine + indentation + expand(pair, indentation, indentationUnit(text), endOfLine);
  const closing = inside.includes("\n") ? "" : endOfLine + outer;
  return applyTextEdits(text, [{ start: offset + 1, end: offset + 1, text: line + closing }]);
}

function leadingBlanks(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0].length ?? 0;
}

/** One indentation step as the file uses it; two blanks where it shows none. */
function indentationUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
}

/** Puts every member of a nested object on a line of its own. */
function expand(pair: string, indentation: string, unit: string, endOfLine: string): string {
  const separator = pair.indexOf(": ");
  const value: unknown = parseOwn(pair.slice(separator + 2));
  if (typeof value !== "object" || value === null) return pair;
  const lines = JSON.stringify(value, null, unit).split("\n");
  return pair.slice(0, separator + 2) + lines.join(endOfLine + indentation);
}

/** A user's own spelling (undo puts it back) may hold comments; it stays as it is. */
function parseOwn(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function startsItsLine(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(start, offset).trim() === "";
}

/** Offset of the comma behind a member, past blanks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const gap = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(offset))?.[0] ?? "";
  return text[offset + gap.length] === "," ? offset + gap.length : undefined;
}

/** Behind the remark that stands on the same line, so that it stays with the member it is about. */
function endOfRemark(text: string, offset: number): number {
  const remark = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*(?:\/\/[^\r\n]*)?)/.exec(
    text.slice(offset),
  );
  return offset + (remark?.[0].length ?? 0);
}
