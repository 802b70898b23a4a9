import { isRecord, toAmount, toTime } from "./untrusted";

/** What is left for a key, as `GET /v1/usage` of a sub2api gateway tells. Amounts in `unit`. */
export interface Usage {
  readonly unit: string;
  /** Negative: a debt. Undefined: the gateway names no limit. */
  readonly remaining?: number;
  /** Limits for a time, such as `5h` or `7d`, the tightest first. */
  readonly windows: readonly UsageWindow[];
  /** ISO 8601; when key or subscription end. */
  readonly expiresAt?: string;
  /** Why the next request will be refused; absent where it will not, as far as usage knows. */
  readonly code?: "account/no-quota" | "account/subscription-expired" | "account/key-expired";
}

export interface UsageWindow {
  readonly name: string;
  /** 0: used up until `resetAt`. */
  readonly remaining: number;
  readonly limit: number;
  /** ISO 8601; undefined: not told. */
  readonly resetAt?: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The amounts of a subscription stand side by side. */
const SUBSCRIPTION_WINDOWS = [
  ["1d", "daily"],
  ["7d", "weekly"],
  ["30d", "monthly"],
] as const;

const HOUR_MS = 3_600_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 168 * HOUR_MS,
};

/** How sub2api calls the plan of everybody who has no subscription. */
const WALLET_PLAN = /^(?:钱包余额|錢包餘額|(?:wallet )?balance|wallet)$/i;
const ENDED = /^(?:expired|suspended|cancell?ed|revoked|inactive|ended|paused|terminated|disabled)$/i;

/**
 * @param now the gateway's time, where it tells one: it counts days by its own clock
 * @returns undefined when the answer is of another kind; nothing in it is trusted to have the right type
 */
export function parseUsage(json: unknown, now = Date.now()): Usage | undefined {
  if (!isRecord(json) || (json["mode"] !== "quota_limited" && json["mode"] !== "unrestricted"))
    return undefined;
  const quota = membersOf(json["quota"]);
  const subscription = membersOf(json["subscription"]);
  const windows = [...rateLimits(json["rate_limits"], now), ...subscriptionWindows(subscription, now)];
  const remaining = remainingOf(json, quota, subscription);
  const expiresAt = [json["expires_at"], subscription["expires_at"]].map(toTime).find(Boolean);
  const code = codeOf(json, subscription, now) ?? emptyCode(remaining, windows);
  const unit = [json["unit"], quota["unit"]].find(isUnit);
  return {
    unit: unit ?? "USD",
    ...(remaining !== undefined && { remaining }),
    windows: windows.sort((a, b) => a.remaining / a.limit - b.remaining / b.limit),
    ...(expiresAt && { expiresAt }),
    ...(code && { code }),
  };
}

/** A wallet can be in debt by any amount, 1 too; elsewhere -1 stands for "no limit". */
function remainingOf(json: Members, quota: Members, subscription: Members): number | undefined {
  if (json["status"] === "quota_exhausted") return Math.min(0, toAmount(quota["remaining"]) ?? 0);
  const balance = toAmount(json["balance"]);
  if (balance !== undefined) return balance;
  const limit = toAmount(quota["limit"]);
  if ("limit" in quota && (limit === undefined || limit <= 0)) return undefined;
  // What it names beside its limits is only the least of them.
  if (Object.keys(subscription).some((name) => name.includes("_limit"))) return undefined;
  const told = toAmount(json["remaining"]) ?? toAmount(quota["remaining"]);
  if (told !== undefined) return told === -1 ? undefined : told;
  const used = toAmount(quota["used"]);
  return limit !== undefined && used !== undefined ? limit - used : undefined;
}

/** What has come to its end. */
function codeOf(json: Members, subscription: Members, now: number): Usage["code"] {
  if (json["status"] === "expired") return "account/key-expired";
  const end = toTime(subscription["expires_at"]);
  const status = subscription["status"];
  if ((typeof status === "string" && ENDED.test(status)) || (end && Date.parse(end) <= now))
    return "account/subscription-expired";
  // A plan that should have a subscription, and there is none.
  const plan = json["planName"];
  const namesPlan = typeof plan === "string" && plan !== "" && !WALLET_PLAN.test(plan);
  const isBare = ["subscription", "balance", "remaining"].every(
    (name) => (json[name] ?? undefined) === undefined,
  );
  return json["mode"] === "unrestricted" && namesPlan && isBare ? "account/subscription-expired" : undefined;
}

function emptyCode(remaining: number | undefined, windows: readonly UsageWindow[]): Usage["code"] {
  const isEmpty =
    (remaining !== undefined && remaining <= 0) || windows.some((window) => window.remaining <= 0);
  return isEmpty ? "account/no-quota" : undefined;
}

function rateLimits(value: unknown, now: number): UsageWindow[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap(({ window, limit, remaining, used, reset_at, window_start }) => {
    if (typeof window !== "string" || !/^[\p{L}\p{N}_-]{1,16}$/u.test(window)) return [];
    return windowOf(window, { limit, remaining, used, resetAt: toTime(reset_at), start: window_start }, now);
  });
}

function subscriptionWindows(subscription: Members, now: number): UsageWindow[] {
  return SUBSCRIPTION_WINDOWS.flatMap(([name, period]) => {
    // The name ends in the currency: `daily_limit_usd`.
    const member = (part: string) =>
      Object.entries(subscription).find(([key]) => key.startsWith(`${period}_${part}`))?.[1];
    const used = member("usage") ?? member("used");
    if (toAmount(used) === undefined) return [];
    const start = subscription[`${period}_window_start`];
    return windowOf(
      name,
      { limit: member("limit"), remaining: undefined, used, resetAt: undefined, start },
      now,
    );
  });
}

interface ToldWindow {
  readonly limit: unknown;
  readonly remaining: unknown;
  readonly used: unknown;
  readonly resetAt: string | undefined;
  readonly start: unknown;
}

/** A limit of 0, -1 or none is no limit; a window whose time is over is whole again, whatever stands there. */
function windowOf(name: string, told: ToldWindow, now: number): UsageWindow[] {
  const [limit, used] = [toAmount(told.limit), toAmount(told.used)];
  if (limit === undefined || limit <= 0) return [];
  const remaining = toAmount(told.remaining) ?? (used === undefined ? undefined : limit - used);
  if (remaining === undefined) return [];
  const resetAt = told.resetAt ?? endOf(name, told.start);
  if (resetAt && Date.parse(resetAt) <= now) return [{ name, limit, remaining: limit }];
  return [{ name, limit, remaining: Math.max(0, remaining), ...(resetAt && { resetAt }) }];
}

function endOf(name: string, start: unknown): string | undefined {
  const [, count, unit = ""] = /^(\d{1,3})([mhdw])$/.exec(name) ?? [];
  const began = toTime(start);
  const length = UNIT_MS[unit];
  if (count === undefined || began === undefined || length === undefined) return undefined;
  return new Date(Date.parse(began) + Number(count) * length).toISOString();
}

function isUnit(value: unknown): value is string {
  return typeof value === "string" && /^[\p{L}\p{N}_$€¥£]{1,8}$/u.test(value);
}

function membersOf(value: unknown): Members {
  return isRecord(value) ? value : {};
}
