import assert from "node:assert/strict";
import type { HealthReport, HealthState } from "../../../src/health/report";
import { INITIAL_INDICATOR, observe } from "../../../src/health/indicator";

function report(state: HealthState, waitMs = 40): HealthReport {
  return {
    state,
    endpoint: "https://gateway.invalid",
    checkedAt: "2026-03-01T12:00:00.000Z",
    via: "direct",
    phases: { waitMs, totalMs: waitMs },
  };
}

/** What is shown after each of the reports. */
function shownAfter(reports: readonly HealthReport[], askedByUser = false): (HealthState | undefined)[] {
  let indicator = INITIAL_INDICATOR;
  return reports.map((each) => {
    indicator = observe(indicator, each, askedByUser);
    return indicator.shown?.state;
  });
}

const states = (...list: HealthState[]) => list.map((state) => report(state));
const waits = (...list: number[]) => list.map((waitMs) => report("ok", waitMs));

describe("observe", () => {
  const table: [string, HealthReport[], (HealthState | undefined)[]][] = [
    ["turns red after two failures", states("ok", "unreachable", "unreachable"), ["ok", "ok", "unreachable"]],
    [
      "counts failures of different kinds",
      states("ok", "rateLimited", "gatewayError"),
      ["ok", "ok", "gatewayError"],
    ],
    [
      "forgets a failure after a success",
      states("ok", "unreachable", "ok", "unreachable"),
      ["ok", "ok", "ok", "ok"],
    ],
    [
      "turns green after one success",
      states("unreachable", "unreachable", "ok"),
      [undefined, "unreachable", "ok"],
    ],
    [
      "follows a failure that changes",
      states("offline", "offline", "blocked"),
      [undefined, "offline", "blocked"],
    ],
    ["believes a refused key at once", states("ok", "unauthorized"), ["ok", "unauthorized"]],
    ["believes a used-up quota at once", states("ok", "noQuota"), ["ok", "noQuota"]],
    ["believes a website at once", states("ok", "notAnApi"), ["ok", "notAnApi"]],
    ["believes a missing key at once", states("noKey"), ["noKey"]],
    [
      "counts degraded as working",
      states("unreachable", "unreachable", "degraded"),
      [undefined, "unreachable", "degraded"],
    ],
    ["calls two waits above 1.5 s slow", waits(1_501, 1_501, 40), ["ok", "slow", "ok"]],
    [
      "stays slow until it is clearly quicker",
      waits(1_600, 1_600, 1_400, 1_600, 1_001, 999, 1_001),
      ["ok", "slow", "slow", "slow", "slow", "ok", "ok"],
    ],
    [
      "counts everything before the first byte",
      [1, 2].map(() => ({
        ...report("ok"),
        phases: { tlsMs: 1_490, waitMs: 40, bodyMs: 20, totalMs: 1_550 },
      })),
      ["ok", "slow"],
    ],
    ["does not call 1.5 s slow", waits(1_500, 1_500), ["ok", "ok"]],
    [
      "calls three times the median slow",
      waits(200, 200, 200, 200, 200, 601, 601),
      ["ok", "ok", "ok", "ok", "ok", "ok", "slow"],
    ],
    [
      "does not mind short waits that triple",
      waits(10, 10, 10, 10, 10, 100, 100),
      ["ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    ],
    [
      "keeps a state below ok when it is slow too",
      [report("degraded", 2_000), report("degraded", 2_000)],
      ["degraded", "degraded"],
    ],
    ["shows what the probe itself calls slow", [report("slow", 7_000)], ["slow"]],
  ];
  for (const [name, reports, expected] of table) {
    it(name, () => assert.deepEqual(shownAfter(reports), expected));
  }

  it("shows at once what the user asked for", () => {
    assert.deepEqual(shownAfter(states("ok", "unreachable"), true), ["ok", "unreachable"]);
  });

  it("counts offline tries in a row", () => {
    const tries = states("offline", "offline", "unreachable", "offline").reduce(
      (list, each) => [...list, observe(list.at(-1)!, each, false)],
      [INITIAL_INDICATOR],
    );
    assert.deepEqual(
      tries.map(({ offlineTries }) => offlineTries),
      [0, 1, 2, 0, 1],
    );
  });

  it("names the code when it finds slowness itself", () => {
    const once = observe(INITIAL_INDICATOR, report("ok", 2_000), false);
    assert.equal(observe(once, report("ok", 2_000), false).shown?.code, "network/slow");
  });
});
