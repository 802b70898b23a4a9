/** A member of a gateway's answer, which may be of any type. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Numbers, and numbers written as text. */
export function toAmount(value: unknown): number | undefined {
  const isText =
    typeof value === "string" && /^\s*[+-]?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?\s*$/i.test(value);
  const amount = isText ? Number(value) : value;
  return typeof amount === "number" && Number.isFinite(amount) ? amount : undefined;
}

/** Larger than any time in seconds and smaller than any of these years in milliseconds. */
const SECONDS_END = 1e11;

/** In one spelling, whatever the gateway's is: text, or seconds or milliseconds since 1970 (0: never). */
export function toTime(value: unknown): string | undefined {
  const number = typeof value === "number" && value > 0 ? value : NaN;
  const time = typeof value === "string" ? Date.parse(value) : number < SECONDS_END ? number * 1000 : number;
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined;
}
