import { COLOUR, EDGE, messagesOf } from "./decoration";

/** Errors end an output, so of a longer text the end counts. */
const TEXT_LENGTH = 100_000;
/** As many lines as the longest error has, many times over; each is held against every known error. */
const MOST_LINES = 1_000;
/** As much as VS Code hands to terminal links; all quantifiers of the symptoms stay below it. */
const LINE_LENGTH = 2_000;
/** As many lines as a message takes in a narrow terminal. */
const WRAPPED = 4;
/** No terminal that people work in wraps earlier, unless it indents what follows. */
const NARROW = 40;

/** What stands before the rest of a wrapped message, the left edge of a box included. */
export const INDENT = /^[\s\u2500-\u257f]{1,40}/;

/** A line that begins a message of its own, so the one before does not go on in it. */
export const NEW_MESSAGE =
  /^\s{0,20}(?:[\u2022\u25a0\u26a0\u2716>{[]|[Ss]tream |unexpected status |\d{4}-\d\d|[Cc]aused by|(?:error|warning|fatal|npm|ERROR|Error|Warning|WARN|INFO)\b)/;

/** One way to read a place of a text: a line, or a line with those it goes on in. */
export interface Reading {
  readonly line: string;
  /** What the line can be the message of, from the line as a whole to what is left without decoration. */
  readonly messages: readonly string[];
}

/** A one-line input field drops the line breaks of what is pasted; the beginnings of messages show where they were. */
export function separateJoinedLines(text: string): string {
  return text.replace(/(?=(?:ERROR|Error|[Ww]arning): |■ |unexpected status \d)/g, "\n");
}

/**
 * The lines of a pasted text that say something, without colours, all of bounded length; a line that comes
 * again says nothing new. A line of its own first, then joined with what may be its wrapped rest.
 */
export function readingsOf(text: string): Reading[][] {
  const lines = errorLines(text);
  return lines.map((line, at) => {
    const rest = wrappedRest(lines, at);
    const joined = rest.length === 0 ? [] : [joinBy(" ", line, rest), joinBy("", line, rest)];
    return [line, ...joined].map((each) => ({ line: each, messages: messagesOf(each) }));
  });
}

/** The lines alone. Typographic apostrophes become plain ones, so that no pattern has to know both. */
export function errorLines(text: string): string[] {
  const lines = text
    .slice(-TEXT_LENGTH)
    .split(/[\r\n]/)
    .map((line) => line.slice(0, LINE_LENGTH).replace(COLOUR, "").replace(/[‘’]/g, "'"))
    .map((line) => (/\{\s?[“”„]/.test(line) ? line.replace(/[“”„]/g, '"') : line))
    .filter((line) => line.trim() !== "");
  return [...new Set(lines)].slice(-MOST_LINES);
}

function wrappedRest(lines: readonly string[], at: number): string[] {
  const rest: string[] = [];
  for (let next = at + 1; next < at + WRAPPED; next++) {
    const line = lines[next];
    const before = lines[next - 1];
    if (line === undefined || before === undefined || NEW_MESSAGE.test(line)) break;
    if (before.length < NARROW && !INDENT.test(line) && !line.startsWith("(")) break;
    rest.push(line.replace(INDENT, "").replace(EDGE, ""));
  }
  return rest;
}

function joinBy(separator: string, line: string, rest: readonly string[]): string {
  return [line.trimEnd(), ...rest].join(separator).slice(0, LINE_LENGTH);
}
