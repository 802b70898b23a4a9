import { lineStart, nextLine, type TextEdit } from "./textEdit";

/** A member between brackets and what stands around it; offsets in UTF-16 code units. */
export interface ListItem {
  readonly start: number;
  readonly end: number;
  readonly commaBehind: number | undefined;
  readonly commaInFront: number | undefined;
  /** Start of the next member; undefined for the last one. */
  readonly next: number | undefined;
}

/**
 * Takes out a member with its comma. One that has its lines for itself goes with them and with the remark
 * behind it; every other comment may be about a neighbour and stays.
 */
export function itemRemoval(text: string, item: ListItem): TextEdit[] {
  const { start, next } = item;
  const end = item.commaBehind === undefined ? item.end : item.commaBehind + 1;
  const firstLine = lineStart(text, start);
  const afterLines = nextLine(text, end);
  const hasOwnLines = text.slice(firstLine, start).trim() === "" && isRemark(text.slice(end, afterLines));
  if (hasOwnLines) return [...leftOverComma(item), { start: firstLine, end: afterLines, text: "" }];
  // The next member on the same line moves up; otherwise the line ends where the one before does.
  if (next !== undefined && next < afterLines) {
    return [{ start, end: end + blanksBehind(text, end), text: "" }];
  }
  return [...leftOverComma(item), { start: start - blanksInFront(text, start), end, text: "" }];
}

function leftOverComma({ next, commaBehind, commaInFront }: ListItem): TextEdit[] {
  if (next !== undefined || commaBehind !== undefined || commaInFront === undefined) return [];
  return [{ start: commaInFront, end: commaInFront + 1, text: "" }];
}

function isRemark(text: string): boolean {
  return /^[ \t]*(?:\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)*(?:(?:#|\/\/)[^\r\n]*)?\r?\n?$/.test(text);
}

function blanksBehind(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0;
}

function blanksInFront(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start--;
  return offset - start;
}
