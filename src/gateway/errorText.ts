/** What an error body says, whichever gateway's shape it has. */
export interface ErrorText {
  /** All of `code`, `type`, `reason`; empty when the gateway gives only a message. */
  readonly identifiers: readonly string[];
  /** Without addresses: a link to a billing page does not make a rate limit a billing problem. */
  readonly message: string;
}

/** More is no message for people, and patterns with several wildcards would take long over it. */
const MESSAGE_LENGTH = 2_000;

/**
 * Reads `{code, message}`, `{error: {code, type, message}}`, `{error: "text"}` and the like.
 * Undefined when the body is no JSON.
 */
export function readErrorBody(body: string): ErrorText | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const levels = [json, member(json, "error")];
  return {
    identifiers: strings(levels, ["code", "type", "reason"]),
    message: [...levels.filter(isString), ...strings(levels, ["message", "msg", "detail"])]
      .join("\n")
      .slice(0, MESSAGE_LENGTH)
      .replace(/https?:\/\/\S+/g, ""),
  };
}

function strings(levels: readonly unknown[], names: readonly string[]): string[] {
  return levels.flatMap((level) => names.map((name) => member(level, name))).filter(isString);
}

function member(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
