import assert from "node:assert/strict";
import { parseRetryAfter } from "../../../../src/health/http/retryAfter";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const DAY = 86_400_000;

describe("parseRetryAfter", () => {
  const table: [string | undefined, number | undefined][] = [
    [undefined, undefined],
    ["30", 30_000],
    [" 0 ", 0],
    ["Sun, 01 Mar 2026 12:01:00 GMT", 60_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["99999999999999999999", DAY],
    ["Sun, 01 Mar 2099 12:00:00 GMT", DAY],
    ["-5", undefined],
    ["1.5", undefined],
    ["", undefined],
    ["soon", undefined],
    ["2026", 2_026_000],
    ["2026-03-01", undefined],
    ["Sunday nonsense", undefined],
  ];
  for (const [header, expected] of table) {
    it(`${JSON.stringify(header)} is ${String(expected)} ms`, () => {
      assert.equal(parseRetryAfter(header, NOW), expected);
    });
  }
});
