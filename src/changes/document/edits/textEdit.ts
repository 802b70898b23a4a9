/** A part of a text and what takes its place; offsets in UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface TextRange {
  /** All 0-based; columns in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Applies edits that do not overlap; those at the same place end up in the order given. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const lastFirst = edits.toSorted((a, b) => a.start - b.start).reverse();
  return lastFirst.reduce(
    (result, { start, end, text: part }) => result.slice(0, start) + part + result.slice(end),
    text,
  );
}

/** Start of the line an offset is on. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line's end of line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The end of line used around an offset: the line's own, else the one before it, else the file's first. */
export function endOfLineAt(text: string, offset: number): string {
  const here = text.slice(lineStart(text, offset), nextLine(text, offset));
  const before = text.slice(0, lineStart(text, offset));
  const sample = [here, before, text].find((part) => part.includes("\n")) ?? "\n";
  const index = sample === before ? sample.lastIndexOf("\n") : sample.indexOf("\n");
  return sample[index - 1] === "\r" ? "\r\n" : "\n";
}

/** Blanks at the start of the line an offset is on. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  return { line: text.slice(0, offset).split("\n").length - 1, column: offset - lineStart(text, offset) };
}

export function rangeOf(text: string, range: readonly [number, number]): TextRange {
  return rangesOf(text)(range);
}

/** The same for many ranges of one text, which is looked through once, and not before the first is asked for. */
export function rangesOf(text: string): (range: readonly [number, number]) => TextRange {
  let starts: readonly number[] | undefined;
  const place = (offset: number) => {
    starts ??= lineStarts(text);
    const line = lastAtMost(starts, offset);
    return { line, column: offset - (starts[line] ?? 0) };
  };
  return ([start, end]) => {
    const [from, to] = [place(start), place(end)];
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/** Index of the last number that is not greater; the numbers ascend. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
