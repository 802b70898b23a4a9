/** Decoration nests: a mark, a time, a level, words about what was tried, an attempt. */
const LAYERS = 8;

/** CSI sequences, links (OSC) and what is left of either when a paste loses the escape character itself. */
export const COLOUR = /\p{Cc}\[[\d;?]{0,20}[A-Za-z]|\p{Cc}\]8;[^\p{Cc}]{0,500}(?:\p{Cc}\\|\p{Cc})/gu;

const MARKS = /(?:[\s\u2022\u203a\u2500-\u27bf\u23bf\u{1f300}-\u{1faff}×>!*|]|\ufe0f){1,40}/u;
const TIME =
  /\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d[\d:.,]{0,14}(?:Z|[+-]\d\d:?\d\d)?\]?(?=[\s|])|\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?(?=[\s|])/;
const SYSLOG = /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,60} [\w.-]{1,40}(?:\[\d{1,7}\])?: /;
const LEVEL = /(?:ERROR|WARN|INFO|DEBUG)(?= {1,2}[a-z])|\[[\w :.@/-]{1,40}\](?=[\s:])/;
const MODULE = /[a-z_]{2,40}(?:::[a-z_]{2,40}){1,6}: /;
const WORD =
  /(?:ERROR|[Ee]rror|WARNING|[Ww]arning|FATAL|[Ff]atal|stream error|AI_APICallError|APIError|UnknownError|[Cc]aused by|Reason|Cause|Details?|Message|[Cc]odex|[Oo]pen[Cc]ode)(?: error)?: |\d{1,2}: |(?:错误|錯誤|报错|错误信息|原因|エラー|오류|원인|Fehler|Ursache)[:：] ?/;
/** `Error finding codex home: `, `thread/start failed: `, `Failed to load configuration: `. */
const ATTEMPT =
  /[Ee]rror [a-z]{2,20}ing [\w ./-]{1,40}: |(?:thread|turn|config)\/[A-Za-z]{1,30} failed: |[Ff]ailed to [a-z]{2,20} [\w ./-]{1,40}: |[\w ]{1,30} failed: /;
const STREAM =
  /[Ss]tream disconnected before completion: (?=\S)|Falling back from WebSockets to HTTPS transport\. (?:unexpected status )?|Reconnecting\.\.\. \d{1,3}\/\d{1,3} \(/;
/** OpenCode, for bodies in a shape it does not know: the name of the status, then the message. */
const REASON =
  /(?:[45]\d\d )?(?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout): (?=\S)/;

/** What Codex, OpenCode, their logs, a terminal and a quoting person put before the message itself. */
export const DECORATION = new RegExp(
  `^(?:${[MARKS, TIME, SYSLOG, LEVEL, MODULE, WORD, ATTEMPT, STREAM, REASON].map(({ source }) => source).join("|")})`,
  "u",
);
/** The right edge of a box. */
export const EDGE = /[\s\u2500-\u257f]{1,40}$/u;

/** Words of Codex, and of the library through which OpenCode asks, that nothing else says: they begin a message whatever stands before them, in any language. */
export const BEGINNING =
  /(?<!HTTPS transport\. )unexpected status \d{3}\b|[Ss]tream disconnected before completion|exceeded retry limit, last status|CODEX_HOME points to |Quota exceeded\. Check your plan and |invalid transport in |legacy `?profile = |failed to (?:re)?load config(?:uration)?:|Cannot connect to API: (?=\S)/;

/**
 * All that a line can be the message of: itself, and what is left as one layer after the other of
 * decoration is taken away, the whole line first.
 */
export function messagesOf(line: string): string[] {
  const inner = BEGINNING.exec(line);
  const starts = inner && inner.index > 0 ? [line, line.slice(inner.index)] : [line];
  return [...new Set(starts.flatMap(layersOf))];
}

function layersOf(line: string): string[] {
  const layers: string[] = [];
  let rest = line.replace(EDGE, "");
  for (let layer = 0; layer <= LAYERS && rest !== ""; layer++) {
    layers.push(rest);
    const next = rest.replace(DECORATION, "");
    if (next === rest) break;
    rest = next;
  }
  return layers;
}
