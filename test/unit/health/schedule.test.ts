import assert from "node:assert/strict";
import type { HealthReport } from "../../../src/health/report";
import { isFresh, nextProbe, type ScheduleInput } from "../../../src/health/schedule";

const MINUTE = 60_000;
const NOW = Date.parse("2026-03-01T12:00:00Z");

function report(state: HealthReport["state"], ageMs: number, retryAfterMs?: number): HealthReport {
  return {
    state,
    endpoint: "https://gateway.invalid",
    checkedAt: new Date(NOW - ageMs).toISOString(),
    via: "direct",
    phases: { totalMs: 1 },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Just probed, focused, and with the random value that changes nothing. */
function next(last: HealthReport | undefined, more: Partial<ScheduleInput> = {}) {
  return nextProbe({
    last,
    failures: 1,
    offlineTries: 1,
    focused: true,
    focusGained: false,
    intervalMs: 5 * MINUTE,
    now: NOW,
    random: 0.5,
    ...more,
  });
}

describe("nextProbe", () => {
  const never = undefined;
  const table: [string, ReturnType<typeof next>, number | undefined, string][] = [
    ["after activation", next(undefined), 3_000, "first"],
    ["ok", next(report("ok", 0)), 5 * MINUTE, "interval"],
    ["ok, at the lower end", next(report("ok", 0), { random: 0 }), 4 * MINUTE, "interval"],
    ["ok, at the upper end", next(report("ok", 0), { random: 1 }), 6 * MINUTE, "interval"],
    ["slow", next(report("slow", 0)), 5 * MINUTE, "interval"],
    ["degraded", next(report("degraded", 0)), 5 * MINUTE, "interval"],
    ["ok, with another setting", next(report("ok", 0), { intervalMs: MINUTE }), MINUTE, "interval"],
    ["ok, some time ago", next(report("ok", MINUTE)), 4 * MINUTE, "interval"],
    ["ok, clock set back an hour", next(report("ok", -60 * MINUTE)), 5 * MINUTE, "interval"],
    ["unfocused", next(report("ok", 0), { focused: false }), never, "unfocused"],
    ["unfocused from the start", next(undefined, { focused: false }), never, "unfocused"],
    ["focus, last one fresh", next(report("ok", MINUTE), { focusGained: true }), 4 * MINUTE, "interval"],
    ["focus, last one old", next(report("ok", 5 * MINUTE), { focusGained: true, random: 1 }), 0, "interval"],
    ["first failure", next(report("unreachable", 0)), 15_000, "backoff"],
    ["second failure", next(report("gatewayError", 0), { failures: 2 }), 30_000, "backoff"],
    ["third failure", next(report("notAnApi", 0), { failures: 3 }), MINUTE, "backoff"],
    ["fourth failure", next(report("blocked", 0), { failures: 4 }), 2 * MINUTE, "backoff"],
    ["fifth failure", next(report("unreachable", 0), { failures: 5 }), 5 * MINUTE, "backoff"],
    ["hundredth failure", next(report("unreachable", 0), { failures: 100 }), 5 * MINUTE, "backoff"],
    ["failure, jitter down", next(report("unreachable", 0), { random: 0 }), 12_000, "backoff"],
    ["failure, jitter up", next(report("unreachable", 0), { random: 1 }), 18_000, "backoff"],
    ["Retry-After is longer", next(report("rateLimited", 0, 90_000)), 90_000, "backoff"],
    ["Retry-After is shorter", next(report("rateLimited", 0, 1_000)), 15_000, "backoff"],
    [
      "focus does not outrun Retry-After",
      next(report("rateLimited", 20_000, 90_000), { focusGained: true }),
      70_000,
      "backoff",
    ],
    ["key refused", next(report("unauthorized", 0)), never, "key"],
    ["key refused, focus", next(report("unauthorized", 60 * MINUTE), { focusGained: true }), never, "key"],
    ["no key, focus", next(report("noKey", 60 * MINUTE), { focusGained: true }), never, "key"],
    ["no quota", next(report("noQuota", 0)), never, "quota"],
    [
      "no quota, focus after a minute",
      next(report("noQuota", MINUTE), { focusGained: true }),
      never,
      "quota",
    ],
    ["no quota, focus after five", next(report("noQuota", 5 * MINUTE), { focusGained: true }), 0, "quota"],
    ["offline, second try", next(report("offline", 0), { failures: 2, offlineTries: 2 }), 30_000, "backoff"],
    ["offline, third try", next(report("offline", 0), { failures: 3, offlineTries: 3 }), never, "offline"],
    [
      "offline, focus after a minute",
      next(report("offline", MINUTE), { offlineTries: 3, focusGained: true }),
      0,
      "offline",
    ],
    [
      "offline, focus at once",
      next(report("offline", 1_000), { offlineTries: 3, focusGained: true }),
      14_000,
      "offline",
    ],
  ];
  for (const [name, actual, delayMs, reason] of table) {
    it(name, () => assert.deepEqual(actual, { delayMs, reason }));
  }
});

describe("a result of another window", () => {
  const cases: [HealthReport["state"], number, boolean][] = [
    ["ok", 0, true],
    ["ok", 4 * MINUTE - 1, true],
    ["ok", 4 * MINUTE, false],
    ["degraded", 3 * MINUTE, true],
    ["unauthorized", 3 * MINUTE, true],
    ["unreachable", 11_000, true],
    ["unreachable", 12_000, false],
    ["noQuota", MINUTE, false],
    // The clock was set back.
    ["ok", -MINUTE, false],
  ];
  for (const [state, ageMs, fresh] of cases) {
    it(`${fresh ? "spares" : "does not spare"} a probe: ${state}, ${ageMs} ms old`, () => {
      assert.equal(isFresh(report(state, ageMs), 5 * MINUTE, NOW), fresh);
    });
  }

  it("lasts as long as the gateway asked for a pause, in every window", () => {
    const limited = (ageMs: number) => report("rateLimited", ageMs, 2 * MINUTE);
    assert.equal(isFresh(limited(MINUTE), 5 * MINUTE, NOW), true);
    assert.equal(isFresh(limited(2 * MINUTE), 5 * MINUTE, NOW), false);
    assert.equal(isFresh(report("gatewayError", 9 * MINUTE, 10 * MINUTE), 5 * MINUTE, NOW), true);
    assert.equal(isFresh(report("ok", 9 * MINUTE, 10 * MINUTE), 5 * MINUTE, NOW), true);
  });

  it("never spares the probe that the same result made due", () => {
    for (const state of ["ok", "unreachable"] as const) {
      const { delayMs = 0 } = next(report(state, 0), { random: 0 });
      assert.equal(isFresh(report(state, delayMs), 5 * MINUTE, NOW), false);
    }
  });
});
