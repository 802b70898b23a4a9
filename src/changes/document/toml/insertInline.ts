import type { AST } from "toml-eslint-parser";
import { endOfLineAt, indentationAt, lineStart, nextLine, type TextEdit } from "../edits/textEdit";

/** Adds `key = value` pairs to an inline table, on lines of their own where the others have theirs. */
export function insertInline(text: string, table: AST.TOMLInlineTable, pairs: readonly string[]): TextEdit[] {
  const last = table.body.at(-1);
  const joined = pairs.join(", ");
  if (!last) {
    const start = table.range[0] + 1;
    return [{ start, end: start, text: /\s/.test(text[start] ?? "") ? ` ${joined}` : ` ${joined} ` }];
  }
  const comma = commaAfter(text, last.range[1]);
  const ownLine =
    indentationAt(text, last.range[0]).length === last.range[0] - lineStart(text, last.range[0]) &&
    nextLine(text, comma ?? last.range[1]) < table.range[1];
  return ownLine ? onOwnLines(text, last, comma, pairs) : behind(last, comma, joined);
}

function behind(last: AST.TOMLKeyValue, comma: number | undefined, pairs: string): TextEdit[] {
  const start = comma === undefined ? last.range[1] : comma + 1;
  return [{ start, end: start, text: comma === undefined ? `, ${pairs}` : ` ${pairs}` }];
}

function onOwnLines(
  text: string,
  last: AST.TOMLKeyValue,
  comma: number | undefined,
  pairs: readonly string[],
): TextEdit[] {
  const end = last.range[1];
  const endOfLine = endOfLineAt(text, end);
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const indentation = indentationAt(text, last.range[0]);
  const lines = pairs.map((pair) => indentation + pair).join(`,${endOfLine}`);
  const next = nextLine(text, comma ?? end);
  const trailingComma = comma === undefined ? "" : ",";
  return [...separator, { start: next, end: next, text: lines + trailingComma + endOfLine }];
}

/** Offset of the comma behind an element, past blanks, line breaks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const gap = /^(?:[ \t\r\n]+|#[^\n]*)*/.exec(text.slice(offset))?.[0] ?? "";
  return text[offset + gap.length] === "," ? offset + gap.length : undefined;
}
