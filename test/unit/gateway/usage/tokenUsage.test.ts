import assert from "node:assert/strict";
import { refusedTokenCode } from "../../../../src/gateway/usage/tokenUsage";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const token = (data: object) => JSON.stringify({ code: true, data, message: "ok" });

describe("refusedTokenCode", () => {
  const answers: [string, number, string, string | undefined][] = [
    ["a token without quota", 200, token({ total_available: 0 }), "account/no-quota"],
    ["a token in debt, as text", 200, token({ total_available: "-3" }), "account/no-quota"],
    [
      "a token past its end",
      200,
      token({ total_available: 0, expires_at: 1_700_000_000 }),
      "account/key-expired",
    ],
    ["a token that never ends", 200, token({ total_available: 5, expires_at: 0 }), "account/key-disabled"],
    [
      "a token that never ends: -1",
      200,
      token({ total_available: 5, expires_at: -1 }),
      "account/key-disabled",
    ],
    [
      "an unlimited token",
      200,
      token({ total_available: -9, unlimited_quota: true }),
      "account/key-disabled",
    ],
    ["a token that is off", 401, '{"message":"This token status is unavailable"}', "account/key-disabled"],
    ["a token that is off, in Chinese", 401, '{"message":"该令牌状态不可用"}', "account/key-disabled"],
    [
      "a token that is off, in traditional Chinese",
      401,
      '{"message":"該令牌狀態不可用"}',
      "account/key-disabled",
    ],
    ["no such token", 401, '{"message":"Invalid token","success":false}', undefined],
    ["a limit", 429, "", undefined],
    ["failure", 200, '{"message":"Failed to get token info","success":false}', undefined],
    ["a page", 200, "<html>", undefined],
  ];
  for (const [name, status, body, expected] of answers) {
    it(`${name}: ${expected}`, () => assert.equal(refusedTokenCode(status, body, NOW), expected));
  }
});
