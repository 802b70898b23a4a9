/** What an error body says, whichever gateway's shape it has. */
export interface ErrorText {
  /** All of `code`, `type`, `reason`; empty when the gateway gives only a message. */
  readonly identifiers: readonly string[];
  /** Without addresses: a link to a billing page does not make a rate limit a billing problem. */
  readonly message: string;
}

/** Members that name an error. */
const IDENTIFIERS = ["code", "type", "reason"];

/** More is no message for people, and patterns with several wildcards would take long over it. */
const MESSAGE_LENGTH = 2_000;

/**
 * Reads `{code, message}`, `{error: {code, type, message}}`, `{error: "text"}` and the like.
 * Undefined when the body is no JSON.
 */
export function readErrorBody(body: string): ErrorText | undefined {
  const whole = parse(body);
  const json = whole === undefined ? parse(firstDocument(body)) : whole;
  if (json === undefined) return undefined;
  const outer = [json, member(json, "error"), ...[member(json, "detail")].filter((each) => !isString(each))];
  const levels = strings(outer, IDENTIFIERS).length > 0 ? outer : [...outer, ...innerErrors(outer)];
  const message = [...levels.filter(isString), ...strings(levels, ["message", "msg", "detail"])]
    .join("\n")
    .slice(0, MESSAGE_LENGTH)
    .replace(/https?:\/\/\S+/g, "");
  // sub2api sometimes prints its inner error as text: `error: code=403 reason="SUBSCRIPTION_EXPIRED" …`.
  const reason = /\breason="([A-Z_]{3,60})"/.exec(message)?.[1];
  return {
    identifiers: [...(reason ? [reason] : []), ...strings(levels, IDENTIFIERS), ...levels.filter(isName)],
    message,
  };
}

/** Whether a body is the object that an API answers with, whatever its server calls it. */
export function isErrorObject(body: string): boolean {
  return /^\s*\{/.test(body) && readErrorBody(body) !== undefined;
}

/** Some gateways answer 200 whatever happened; then the body tells that it is an error. */
export function saysError(body: string): boolean {
  const json = parse(body);
  const code = member(json, "code");
  const isStatus = (typeof code === "number" || isString(code)) && Number(code) >= 400;
  return isStatus || member(json, "success") === false || Boolean(member(json, "error"));
}

/**
 * What a program in between has wrapped: an error as a member of an error, or as the text of its message. Only
 * where the outer one names nothing itself, for else the inner one is what its supplier said.
 */
function innerErrors([, error]: readonly unknown[]): unknown[] {
  const inner = [
    member(error, "error"),
    ...strings([error], ["message"]).map((text) => parse(firstDocument(text))),
  ];
  return inner.flatMap((each) => [each, member(each, "error")]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The first JSON object of a body that holds more: sub2api can write the event of a stream behind an
 * error, and only the first counts. Empty when there is none.
 */
function firstDocument(body: string): string {
  const start = body.search(/\S/);
  if (body[start] !== "{") return "";
  let depth = 0;
  let isInString = false;
  // By hand: a pattern would read an open string anew from each of its quotes.
  for (let at = start; at < body.length; at++) {
    const character = body[at];
    if (isInString && character === "\\") at++;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && character === "{") depth++;
    else if (!isInString && character === "}" && --depth === 0) return body.slice(start, at + 1);
  }
  return "";
}

function strings(levels: readonly unknown[], names: readonly string[]): string[] {
  return levels.flatMap((level) => names.map((name) => member(level, name))).filter(isString);
}

function member(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** `{error: "INSUFFICIENT_BALANCE"}`: a name, not words. */
function isName(value: unknown): value is string {
  return isString(value) && /^[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}$/i.test(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
