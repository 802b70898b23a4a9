import assert from "node:assert/strict";
import { parseUsage, type Usage } from "../../../src/gateway/usage";
import { describeUsage } from "../../../src/gateway/usageText";
import { usageBody } from "../../gateway/bodies";

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
      },
    ],
    ["only a balance", { mode: "unrestricted", balance: 3 }, { unit: "USD", remaining: 3, windows: [] }],
    [
      "members of the wrong type",
      {
        mode: "unrestricted",
        unit: "<b>",
        remaining: "12",
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
    it(`reads ${name}`, () => assert.deepEqual(parseUsage(json), expected));
  }

  for (const json of [null, [], "text", {}, { mode: "other" }, { object: "list", data: [] }]) {
    it(`knows nothing of ${JSON.stringify(json)}`, () => assert.equal(parseUsage(json), undefined));
  }
});

describe("describeUsage", () => {
  it("tells amounts, the next reset and the end in the user's language", () => {
    const usage: Usage = {
      unit: "USD",
      remaining: 1234.5,
      windows: [{ name: "5h", limit: 10, remaining: 0.257, resetAt: "2026-11-23T12:00:00.000Z" }],
      expiresAt: "2027-01-31T12:00:00.000Z",
    };
    const [left, window, end] = describeUsage(usage, "de");
    assert.equal(left, "1.234,5 USD left");
    assert.match(window ?? "", /^5h: 0,26 USD of 10 USD left, more on 23\.11\.26/);
    assert.equal(end, "valid until 31.1.2027");
  });

  it("is empty where there is no limit", () => {
    assert.deepEqual(describeUsage({ unit: "USD", windows: [] }, "en"), []);
  });
});
