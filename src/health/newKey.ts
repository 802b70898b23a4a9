import type { HealthReport } from "./report";

/** A key this young may be one that the gateway does not know yet: it remembers for 30 s which ones it did not. */
const YOUNG_MS = 60_000;

/** When a young key that was refused is asked for once more, in milliseconds. */
export const ASK_AGAIN_MS = 31_000;

/** @param enteredAt in milliseconds; undefined: long ago, or the gateway has known it since */
export function isRefusedTooEarly(
  { code, httpStatus }: HealthReport,
  enteredAt: number | undefined,
  now: number,
): boolean {
  const isUnknown = httpStatus === 401 && code === "account/key-invalid";
  return isUnknown && enteredAt !== undefined && now - enteredAt < YOUNG_MS;
}
