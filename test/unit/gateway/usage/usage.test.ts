import assert from "node:assert/strict";
import { parseUsage, type Usage } from "../../../../src/gateway/usage/usage";
import { speakIn } from "../../../../src/gateway/formats";
import { describeUsage } from "../../../../src/gateway/usage/usageText";
import { usedUpLimit } from "../../../../src/gateway/usage/usedUpLimit";
import { usageBody } from "../../../gateway/bodies";

/** Before all times of the examples. */
const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("parseUsage", () => {
  const answers: [string, unknown, Usage][] = [
    ["a wallet", usageBody(), { unit: "USD", remaining: 12.5, windows: [] }],
    [
      "a key with a quota and limits of its own, the tightest first",
      {
        mode: "quota_limited",
        isValid: true,
        status: "active",
        quota: { limit: 50, used: 20, remaining: 30, unit: "USD" },
        remaining: 30,
        unit: "USD",
        rate_limits: [
          { window: "7d", limit: 40, used: 4, remaining: 36, reset_at: "2026-12-01T00:00:00Z" },
          { window: "5h", limit: 10, used: 9, remaining: 1, reset_at: "2026-11-23T18:30:00+02:00" },
        ],
        expires_at: "2027-01-31T00:00:00Z",
      },
      {
        unit: "USD",
        remaining: 30,
        windows: [
          { name: "5h", limit: 10, remaining: 1, resetAt: "2026-11-23T16:30:00.000Z" },
          { name: "7d", limit: 40, remaining: 36, resetAt: "2026-12-01T00:00:00.000Z" },
        ],
        expiresAt: "2027-01-31T00:00:00.000Z",
      },
    ],
    [
      "a subscription without a limit of the whole",
      {
        mode: "unrestricted",
        planName: "Team",
        unit: "USD",
        remaining: -1,
        subscription: {
          daily_usage_usd: 4,
          daily_limit_usd: 20,
          weekly_usage_usd: 90,
          weekly_limit_usd: 80,
          monthly_usage_usd: 4,
          monthly_limit_usd: 0,
          expires_at: "2026-12-24T00:00:00Z",
        },
      },
      {
        unit: "USD",
        windows: [
          { name: "7d", limit: 80, remaining: 0 },
          { name: "1d", limit: 20, remaining: 16 },
        ],
        expiresAt: "2026-12-24T00:00:00.000Z",
        code: "account/no-quota",
      },
    ],
    ["only a balance", { mode: "unrestricted", balance: 3 }, { unit: "USD", remaining: 3, windows: [] }],
    [
      "members of the wrong type",
      {
        mode: "unrestricted",
        unit: "<b>",
        remaining: "twelve",
        rate_limits: [
          null,
          { window: "<i>", limit: 1, remaining: 1 },
          { window: "5h", limit: 0, remaining: 0 },
        ],
        subscription: 5,
        expires_at: "soon",
      },
      { unit: "USD", windows: [] },
    ],
  ];
  for (const [name, json, expected] of answers) {
    it(`reads ${name}`, () => assert.deepEqual(parseUsage(json, NOW), expected));
  }

  for (const json of [null, [], "text", {}, { mode: "other" }, { object: "list", data: [] }]) {
    it(`knows nothing of ${JSON.stringify(json)}`, () => assert.equal(parseUsage(json), undefined));
  }
});

describe("the verdict of parseUsage", () => {
  const wallet = (balance: unknown) => ({
    mode: "unrestricted",
    planName: "钱包余额",
    balance,
    remaining: balance,
  });
  const quota = (limits: object, more = {}) => ({ mode: "quota_limited", quota: limits, ...more });
  const window = (members: object) => ({
    mode: "quota_limited",
    rate_limits: [{ window: "5h", limit: 1, used: 1.02, remaining: 0, ...members }],
  });
  const plan = (subscription?: object, more = {}) => ({
    mode: "unrestricted",
    planName: "Team",
    ...(subscription && { subscription }),
    ...more,
  });
  const later = "2026-11-23T21:00:00.000000+08:00";
  const verdicts: [string, object, string | undefined][] = [
    ["an empty wallet", wallet(0), "account/no-quota"],
    ["a debt", wallet(-0.35), "account/no-quota"],
    ["a debt of exactly 1", wallet(-1), "account/no-quota"],
    ["a debt written as text", wallet("-0.000050"), "account/no-quota"],
    ["a debt in the spelling of programs", wallet("-5e-05"), "account/no-quota"],
    ["the last half cent", wallet(0.004), undefined],
    ["a wallet written as text", wallet("12.50"), undefined],
    ["a wallet without an amount", { mode: "unrestricted", planName: "钱包余额" }, undefined],
    ["an empty wallet without its plan", { mode: "unrestricted", remaining: 0 }, "account/no-quota"],
    ["a quota of the key that is used up", quota({ limit: 5, used: 5.01, remaining: 0 }), "account/no-quota"],
    ["a quota that tells only what was used", quota({ limit: 5, used: 5 }), "account/no-quota"],
    ["a quota of which something is left", quota({ limit: "5", used: "2" }), undefined],
    ["the gateway's own word for it", quota({}, { status: "quota_exhausted" }), "account/no-quota"],
    ["a quota without limit: 0", quota({ limit: 0, used: 3, remaining: 0 }, { remaining: 0 }), undefined],
    ["a quota without limit: -1", quota({ limit: -1, used: 3, remaining: -4 }), undefined],
    ["a quota without limit: null", quota({ limit: null, used: 3 }, { remaining: null }), undefined],
    [
      "a key that has expired",
      quota({ limit: 5, remaining: 5 }, { status: "expired" }),
      "account/key-expired",
    ],
    ["a window at 0 until later", window({ reset_at: later }), "account/no-quota"],
    ["a window beyond 0", window({ remaining: -0.02, reset_at: later }), "account/no-quota"],
    ["a window at 0 as text", window({ limit: "1", remaining: "0", reset_at: later }), "account/no-quota"],
    ["a window that does not tell what is left", window({ remaining: null }), "account/no-quota"],
    ["a window of another length", window({ window: "30d" }), "account/no-quota"],
    ["a window named in another language", window({ window: "5小时" }), "account/no-quota"],
    ["a window that is over", window({ reset_at: "2026-11-23T11:00:00Z" }), undefined],
    ["a window that began long ago", window({ window_start: "2026-11-23T06:00:00Z" }), undefined],
    ["a window without limit: 0", window({ limit: 0 }), undefined],
    ["a window without limit: -1", window({ limit: -1 }), undefined],
    ["a window without limit: null", window({ limit: null }), undefined],
    [
      "one window of three at 0, and quota left",
      quota(
        { limit: 5, remaining: 4 },
        {
          rate_limits: [
            { window: "5h", limit: 2, remaining: 1 },
            { window: "1d", limit: 3, remaining: 0, reset_at: later },
            { window: "7d", limit: 9, remaining: 5 },
          ],
        },
      ),
      "account/no-quota",
    ],
    ["a day's limit", plan({ daily_limit_usd: 5, daily_usage_usd: 5.1 }), "account/no-quota"],
    ["a week's limit", plan({ weekly_limit_usd: 5, weekly_usage_usd: 5 }), "account/no-quota"],
    [
      "a month's limit in yuan",
      plan({ monthly_limit_cny: "60", monthly_usage_cny: "61" }),
      "account/no-quota",
    ],
    [
      "a subscription that runs",
      plan({ daily_limit_usd: 5, daily_usage_usd: 1, expires_at: "2026-12-24T00:00:00Z" }, { remaining: 4 }),
      undefined,
    ],
    [
      "a subscription without limits",
      plan({ daily_limit_usd: null, daily_usage_usd: 7, weekly_limit_usd: 0 }, { remaining: -1 }),
      undefined,
    ],
    ["a plan without its subscription", plan(undefined, { isValid: true }), "account/subscription-expired"],
    ["a plan whose subscription is null", { ...plan(), subscription: null }, "account/subscription-expired"],
    [
      "a subscription past its end",
      plan({ expires_at: "2026-11-23T11:59:59Z", daily_limit_usd: 5, daily_usage_usd: 0 }),
      "account/subscription-expired",
    ],
    ["a paused subscription", plan({ status: "paused" }), "account/subscription-expired"],
    ["a suspended subscription", plan({ status: "suspended" }), "account/subscription-expired"],
    [
      "a subscription that ended in seconds since 1970",
      plan({ expires_at: 1_700_000_000 }),
      "account/subscription-expired",
    ],
  ];
  for (const [name, json, code] of verdicts) {
    it(`of ${name} is ${code ?? "ok"}`, () => assert.equal(parseUsage(json, NOW)?.code, code));
  }
});

describe("usedUpLimit", () => {
  const empty = (name: string, resetAt: string) => ({ name, limit: 1, remaining: 0, resetAt });
  const body = (message: string) => JSON.stringify({ error: { message, type: "rate_limit_exceeded" } });

  it("is the limit that comes back last", () => {
    const windows = [
      empty("5h", "2026-11-23T16:00:00.000Z"),
      empty("7d", "2026-11-29T00:00:00.000Z"),
      { name: "30d", limit: 1, remaining: 1, resetAt: "2026-12-20T00:00:00.000Z" },
    ];
    assert.deepEqual(usedUpLimit({ unit: "USD", windows }, undefined), {
      name: "7d",
      resetAt: "2026-11-29T00:00:00.000Z",
    });
  });

  it("is none while the wallet is empty, too", () => {
    const windows = [empty("5h", "2026-11-23T16:00:00.000Z")];
    assert.equal(usedUpLimit({ unit: "USD", remaining: 0, windows }, undefined), undefined);
  });

  const refusals: [string, string | undefined][] = [
    [body("api key 5小时限额已用完"), "5h"],
    [body("api key 日限额已用完"), "1d"],
    [body("api key 7天限额已用完"), "7d"],
    [body("api key 24 小時限額已用完"), "24h"],
    [body("Daily usage quota exhausted for this platform."), "1d"],
    [JSON.stringify({ code: "X", message: 'error: code=429 reason="WEEKLY_LIMIT_EXCEEDED"' }), "7d"],
    [JSON.stringify({ code: "X", message: 'error: code=429 reason="MONTHLY_LIMIT_EXCEEDED"' }), "30d"],
    [body("您的周额度已用尽"), "7d"],
    [body("今日額度已用完"), "1d"],
    [body("本月额度已用完"), "30d"],
    [body("5-hour usage limit reached"), "5h"],
    [body("Insufficient account balance"), undefined],
    [body("API key 额度已用完"), undefined],
    ["<html>daily limit</html>", undefined],
  ];
  for (const [refusal, name] of refusals) {
    it(`reads ${name ?? "none"} in ${refusal}`, () =>
      assert.equal(usedUpLimit(undefined, refusal)?.name, name));
  }
});

describe("describeUsage", () => {
  afterEach(() => speakIn("en"));
  const told = (remaining: number) => describeUsage({ unit: "USD", remaining, windows: [] });

  it("tells a debt as a debt", () => assert.deepEqual(told(-0.35), ["$0.35 overdrawn"]));
  it("does not round what is left away", () => assert.deepEqual(told(0.004), ["less than $0.01 left"]));
  it("does not round a debt away", () => assert.deepEqual(told(-5e-5), ["less than $0.01 overdrawn"]));
  it("says when nothing is left", () => assert.deepEqual(told(0), ["$0.00 left"]));

  it("is silent about what is left of the whole while a limit is used up", () => {
    const windows = [{ name: "5h", limit: 1, remaining: 0 }];
    assert.deepEqual(describeUsage({ unit: "USD", remaining: 4, windows }), ["5h: $0.00 of $1.00 left"]);
  });

  it("tells amounts, the next reset and the end in the user's language", () => {
    const usage: Usage = {
      unit: "USD",
      remaining: 1234.5,
      windows: [{ name: "5h", limit: 10, remaining: 0.257, resetAt: "2026-11-23T12:00:00.000Z" }],
      expiresAt: "2027-01-31T12:00:00.000Z",
    };
    speakIn("de");
    const [left, window, end] = describeUsage(usage);
    assert.equal(left, "1.234,50\u00a0$ left");
    assert.match(window ?? "", /^5h: 0,26\u00a0\$ of 10,00\u00a0\$ left, more on 23\.11\.26/);
    assert.equal(end, "valid until 31.1.2027");
  });

  it("leaves a unit that is no currency as the gateway calls it", () =>
    assert.deepEqual(describeUsage({ unit: "credits", remaining: 12.5, windows: [] }), [
      "12.5 credits left",
    ]));

  it("is empty where there is no limit", () => {
    assert.deepEqual(describeUsage({ unit: "USD", windows: [] }), []);
  });
});
