/** Errors end an output, so of a longer text the end counts. */
const TEXT_LENGTH = 100_000;
/** As many lines as the longest error has, many times over; each is held against every known error. */
const MOST_LINES = 1_000;
/** As much as VS Code hands to terminal links; all quantifiers of the symptoms stay below it. */
const LINE_LENGTH = 2_000;
/** Decoration nests: a mark, a time, a level, an attempt. */
const LAYERS = 6;

export const COLOUR = /\p{Cc}\[[\d;]{0,20}[A-Za-z]/gu;

/** What Codex, OpenCode, their logs and a quoting person put before the message itself. */
export const DECORATION =
  /^(?:[\s■⚠✖✗×●│┃▌•›>!*]{1,20}|\d{4}-\d\d-\d\dT[\d:.]{8,18}Z?(?= )|(?:ERROR|WARN|INFO)(?= {1,2}[a-z])|[a-z_]{2,40}(?:::[a-z_]{2,40}){1,6}: |(?:ERROR|[Ee]rror|WARNING|[Ww]arning|stream error|AI_APICallError): |stream disconnected before completion: (?=error sending request)|Reconnecting\.\.\. \d{1,3}\/\d{1,3} \()/u;

/** A one-line input field drops the line breaks of what is pasted; the beginnings of messages show where they were. */
export function separateJoinedLines(text: string): string {
  return text.replace(/(?=(?:ERROR|Error|[Ww]arning): |■ |unexpected status \d)/g, "\n");
}

/**
 * The lines of a pasted text that say something, each without colours and decoration, all of bounded length;
 * a line that comes again says nothing new.
 */
export function errorLines(text: string): string[] {
  const lines = text
    .slice(-TEXT_LENGTH)
    .split(/[\r\n]/)
    .filter((line) => line.trim() !== "");
  const last = [...new Set(lines)].slice(-MOST_LINES);
  const plain = last.map((line) => withoutDecoration(line.slice(0, LINE_LENGTH).replace(COLOUR, "")));
  return [...new Set(plain)].filter((line) => line !== "");
}

function withoutDecoration(line: string): string {
  let rest = line;
  for (let layer = 0; layer < LAYERS; layer++) rest = rest.replace(DECORATION, "");
  return rest.trimEnd();
}
