/** What is left for a key, as `GET /v1/usage` of a sub2api gateway tells. Amounts in `unit`. */
export interface Usage {
  readonly unit: string;
  /** Undefined: the gateway names no limit. */
  readonly remaining?: number;
  /** Limits for a time, such as `5h` or `7d`, the tightest first. */
  readonly windows: readonly UsageWindow[];
  /** ISO 8601; when key or subscription end. */
  readonly expiresAt?: string;
}

export interface UsageWindow {
  readonly name: string;
  readonly remaining: number;
  readonly limit: number;
  /** ISO 8601; undefined: not told. */
  readonly resetAt?: string;
}

/** The amounts of a subscription stand side by side, a limit of 0 or none means no limit. */
const SUBSCRIPTION_WINDOWS = [
  ["1d", "daily"],
  ["7d", "weekly"],
  ["30d", "monthly"],
] as const;

/** @returns undefined when the answer is of another kind; nothing in it is trusted to have the right type */
export function parseUsage(json: unknown): Usage | undefined {
  if (!isRecord(json) || (json["mode"] !== "quota_limited" && json["mode"] !== "unrestricted"))
    return undefined;
  const quota = isRecord(json["quota"]) ? json["quota"] : {};
  const subscription = isRecord(json["subscription"]) ? json["subscription"] : {};
  // As the gateway's own pages look for it; -1 stands for no limit.
  const remaining = [json["remaining"], quota["remaining"], json["balance"]].find(isAmount);
  const expiresAt = [json["expires_at"], subscription["expires_at"]].map(asTime).find(Boolean);
  const windows = [...rateLimits(json["rate_limits"]), ...subscriptionWindows(subscription)];
  return {
    unit: typeof json["unit"] === "string" && /^[\w$€¥]{1,8}$/.test(json["unit"]) ? json["unit"] : "USD",
    ...(remaining !== undefined && remaining >= 0 && { remaining }),
    windows: windows.sort((a, b) => a.remaining / a.limit - b.remaining / b.limit),
    ...(expiresAt && { expiresAt }),
  };
}

function rateLimits(value: unknown): UsageWindow[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap(({ window, limit, remaining, reset_at }) => {
    if (typeof window !== "string" || !/^\d{1,3}[hdm]$/.test(window)) return [];
    return windowOf(window, limit, remaining, asTime(reset_at));
  });
}

function subscriptionWindows(subscription: Readonly<Record<string, unknown>>): UsageWindow[] {
  return SUBSCRIPTION_WINDOWS.flatMap(([name, period]) => {
    const [limit, used] = [subscription[`${period}_limit_usd`], subscription[`${period}_usage_usd`]];
    return isAmount(limit) && isAmount(used) ? windowOf(name, limit, Math.max(0, limit - used)) : [];
  });
}

function windowOf(name: string, limit: unknown, remaining: unknown, resetAt?: string): UsageWindow[] {
  if (!isAmount(limit) || limit <= 0 || !isAmount(remaining)) return [];
  return [{ name, limit, remaining: Math.max(0, remaining), ...(resetAt && { resetAt }) }];
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** In one spelling, whatever the gateway's is. */
function asTime(value: unknown): string | undefined {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
