/** A day: longer waits are no better, and timers overflow after 24.8 days and would then fire at once. */
const MAXIMUM_MS = 86_400_000;

/**
 * Milliseconds a Retry-After header asks for (seconds or an HTTP date), at most a day; undefined for
 * none or nonsense, 0 for a date in the past.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAXIMUM_MS);
  // Date.parse takes many more forms than HTTP allows; all HTTP dates begin with a weekday.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), MAXIMUM_MS);
}
