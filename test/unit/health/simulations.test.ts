import assert from "node:assert/strict";
import { probesInAWeek } from "../../simulation/laptopWeek";
import { OUTAGE_SECONDS, BIN_SECONDS, simulateOutage } from "../../simulation/outage";

describe("installations through an outage of ten minutes", () => {
  const OUTAGES = {
    "nobody can connect": {
      installations: 100_000,
      failure: { state: "unreachable", code: "network/unreachable" },
    },
    "the gateway asks for a pause of a minute": {
      installations: 20_000,
      failure: { state: "gatewayError", code: "gateway/unavailable", retryAfterMs: 60_000 },
    },
  } as const;
  for (const [name, outage] of Object.entries(OUTAGES)) {
    it(`come back at no more than twice the steady rate: ${name}`, function () {
      this.timeout(120_000);
      const { bins, steady, peakAfterRecovery } = simulateOutage({ ...outage, seed: 20261123 });
      assert.ok(peakAfterRecovery <= 2 * steady, `${peakAfterRecovery} in 10 s, ${steady} when all is well`);
      // Nobody has given up: after recovery all of them ask again.
      const last = bins.slice(-60).reduce((sum, requests) => sum + requests, 0) / 60;
      assert.ok(Math.abs(last - steady) < 0.05 * steady, `${last} at the end`);
      // The outage was there: the first failures are tried again sooner than every five minutes.
      const during = bins.slice(0, OUTAGE_SECONDS / BIN_SECONDS);
      assert.ok(Math.max(...during) > 1.5 * steady);
    });
  }
});

describe("a week in the life of a laptop", () => {
  it("costs fewer than 450 probes", async () => {
    const probes = await probesInAWeek();
    assert.ok(probes > 100, `${probes}: the schedule did not run`);
    assert.ok(probes < 450, `${probes}`);
  });
});
