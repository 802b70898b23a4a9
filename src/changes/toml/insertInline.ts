import type { AST } from "toml-eslint-parser";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, nextLine, type TextEdit } from "../textEdit";

/** Adds `key = value` to an inline table, on a line of its own where the others have theirs. */
export function insertInline(text: string, table: AST.TOMLInlineTable, pair: string): string {
  const last = table.body.at(-1);
  if (!last) {
    const start = table.range[0] + 1;
    return applyTextEdits(text, [
      { start, end: start, text: /\s/.test(text[start] ?? "") ? ` ${pair}` : ` ${pair} ` },
    ]);
  }
  const comma = commaAfter(text, last.range[1]);
  const ownLine =
    indentationAt(text, last.range[0]).length === last.range[0] - lineStart(text, last.range[0]) &&
    nextLine(text, comma ?? last.range[1]) < table.range[1];
  return applyTextEdits(text, ownLine ? onOwnLine(text, last, comma, pair) : behind(last, comma, pair));
}

function behind(last: AST.TOMLKeyValue, comma: number | undefined, pair: string): TextEdit[] {
  const start = comma === undefined ? last.range[1] : comma + 1;
  return [{ start, end: start, text: comma === undefined ? `, ${pair}` : ` ${pair}` }];
}

function onOwnLine(
  text: string,
  last: AST.TOMLKeyValue,
  comma: number | undefined,
  pair: string,
): TextEdit[] {
  const end = last.range[1];
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const line = indentationAt(text, last.range[0]) + pair + (comma === undefined ? "" : ",");
  const next = nextLine(text, comma ?? end);
  return [...separator, { start: next, end: next, text: line + endOfLineAt(text, end) }];
}

/** Offset of the comma behind an element, past blanks, line breaks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const gap = /^(?:[ \t\r\n]+|#[^\n]*)*/.exec(text.slice(offset))?.[0] ?? "";
  return text[offset + gap.length] === "," ? offset + gap.length : undefined;
}
