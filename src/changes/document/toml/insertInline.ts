import type { AST } from "toml-eslint-parser";
import { endOfLineAt, indentationAt, lineStart, nextLine, type TextEdit } from "../edits/textEdit";

/** `key = value` and the comment behind it. */
interface Pair {
  readonly text: string;
  readonly remark: string | undefined;
}

/** Adds pairs to an inline table, on lines of their own where the others have theirs. */
export function insertInline(text: string, table: AST.TOMLInlineTable, pairs: readonly Pair[]): TextEdit[] {
  const last = table.body.at(-1);
  if (!last) {
    const start = table.range[0] + 1;
    const joined = joinPairs(text, start, pairs);
    const isSpaced = /\s/.test(text[start] ?? "") || joined.endsWith("\n");
    return [{ start, end: start, text: isSpaced ? ` ${joined}` : ` ${joined} ` }];
  }
  const comma = commaAfter(text, last.range[1]);
  const ownLine =
    indentationAt(text, last.range[0]).length === last.range[0] - lineStart(text, last.range[0]) &&
    nextLine(text, comma ?? last.range[1]) < table.range[1];
  return ownLine ? onOwnLines(text, last, comma, pairs) : behind(text, last, comma, pairs);
}

function behind(
  text: string,
  last: AST.TOMLKeyValue,
  comma: number | undefined,
  pairs: readonly Pair[],
): TextEdit[] {
  const start = comma === undefined ? last.range[1] : comma + 1;
  const joined = joinPairs(text, start, pairs);
  return [{ start, end: start, text: comma === undefined ? `, ${joined}` : ` ${joined}` }];
}

function onOwnLines(
  text: string,
  last: AST.TOMLKeyValue,
  comma: number | undefined,
  pairs: readonly Pair[],
): TextEdit[] {
  const end = last.range[1];
  const endOfLine = endOfLineAt(text, end);
  const separator: TextEdit[] = comma === undefined ? [{ start: end, end, text: "," }] : [];
  const indentation = indentationAt(text, last.range[0]);
  const lines = pairs.map(({ text: pair, remark }, index) => {
    const hasComma = index < pairs.length - 1 || comma !== undefined;
    return `${indentation}${pair}${hasComma ? "," : ""}${remark === undefined ? "" : ` ${remark}`}${endOfLine}`;
  });
  const next = nextLine(text, comma ?? end);
  return [...separator, { start: next, end: next, text: lines.join("") }];
}

/** Behind each other; what follows a comment needs a new line, which TOML 1.1 allows and the comment came from. */
function joinPairs(text: string, offset: number, pairs: readonly Pair[]): string {
  const endOfLine = endOfLineAt(text, offset);
  const isLastOfLine = /^[ \t]*\r?\n/.test(text.slice(offset));
  return pairs
    .map(({ text: pair, remark }, index) => {
      const isLast = index === pairs.length - 1;
      const withComma = isLast ? pair : `${pair},`;
      if (remark === undefined) return isLast ? withComma : `${withComma} `;
      return `${withComma} ${remark}${isLast && isLastOfLine ? "" : endOfLine}`;
    })
    .join("");
}

/** Offset of the comma behind an element, past blanks, line breaks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const gap = /^(?:[ \t\r\n]+|#[^\n]*)*/.exec(text.slice(offset))?.[0] ?? "";
  return text[offset + gap.length] === "," ? offset + gap.length : undefined;
}
