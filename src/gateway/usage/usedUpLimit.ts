import { readErrorBody } from "../answers/errorText";
import type { Usage } from "./usage";

/** A limit for some time: it comes back by itself, and topping up does not help. */
export interface UsedUpLimit {
  /** Such as `5h` or `7d`. */
  readonly name: string;
  /** ISO 8601; undefined: not told. */
  readonly resetAt?: string;
}

/** How the gateways speak of such a limit when they refuse a request. */
const PERIODS: readonly (readonly [RegExp, (count: string) => string])[] = [
  [/(?:^|\D)(\d{1,3})[- ]?(?:小时|小時|hours?\b|h\b)/i, (count) => `${count}h`],
  [/(?:^|\D)(\d{1,3})[- ]?(?:天|days?\b|d\b)/i, (count) => `${count}d`],
  [/\bDAILY|日[限额額]|[每当當今本]日/i, () => "1d"],
  [/\bWEEKLY|[周週][限额額]|[每本][周週]/i, () => "7d"],
  [/\bMONTHLY|月[限额額]|[每本]月/i, () => "30d"],
];
const LIMIT = /limit|quota|限额|限額|额度|額度/i;

/**
 * What is used up only for some time: of several limits the one that comes back last.
 *
 * @param refusal the error body of a request, where one was refused
 */
export function usedUpLimit(usage: Usage | undefined, refusal: string | undefined): UsedUpLimit | undefined {
  // With the wallet empty, too, waiting alone does not help.
  if (usage?.remaining !== undefined && usage.remaining <= 0) return undefined;
  const empty = (usage?.windows ?? []).filter(({ remaining }) => remaining <= 0);
  // ISO 8601 sorts as text.
  const [last] = empty.toSorted((a, b) => (b.resetAt ?? "").localeCompare(a.resetAt ?? ""));
  if (last) return { name: last.name, ...(last.resetAt && { resetAt: last.resetAt }) };
  const message = refusal === undefined ? "" : (readErrorBody(refusal)?.message ?? "");
  if (!LIMIT.test(message)) return undefined;
  for (const [pattern, nameOf] of PERIODS) {
    const found = pattern.exec(message);
    if (found) return { name: nameOf(found[1] ?? "") };
  }
  return undefined;
}
