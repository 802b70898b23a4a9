import assert from "node:assert/strict";
import type { Outcome, RequestLimits } from "../../../../src/health/http/timedRequest";
import { PhaseTimeout } from "../../../../src/health/http/wayErrors";
import { INITIAL_INDICATOR, observe } from "../../../../src/health/indicator";
import { askPatiently } from "../../../../src/health/probe/patience";
import { PROBE_LIMITS } from "../../../../src/health/probe/probe";
import { nextProbe } from "../../../../src/health/schedule";

const HOUR = 3_600_000;

/** Round trips of each step, and what a packet that got lost costs the first time; then twice as much each time. */
const STEPS = [
  ["dns", 1, 1_000],
  ["connect", 1, 1_000],
  ["tls", 2, 1_000],
  ["wait", 1, 1_000],
] as const;

/** A line as it was measured, in simulated time. It loses in one direction, as the box did. */
class Wire {
  now = 0;
  private random: number;

  constructor(
    private readonly roundTripMs: number,
    private readonly loss: number,
    seed: number,
  ) {
    this.random = seed;
  }

  draw(): number {
    this.random = (this.random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.random / 2_147_483_648;
  }

  tryOnce = (limits: RequestLimits): Promise<Outcome> => {
    const started = this.now;
    for (const [phase, trips, pauseMs] of STEPS) {
      const isConnected = phase === "wait";
      const left = isConnected ? limits.headersMs : limits.connectMs - (this.now - started);
      const limit = Math.min(left, limits.phaseMs?.[phase] ?? left);
      let took = 0;
      for (let trip = 0; trip < trips; trip++) {
        for (let pause = pauseMs; this.draw() < this.loss; pause *= 2) took += pause;
        took += this.roundTripMs;
      }
      this.now += Math.min(took, limit);
      if (took > limit) return this.outcome({ kind: "failure", error: new PhaseTimeout(), isConnected });
    }
    return this.outcome({ kind: "answer", isConnected: true });
  };

  /** Only what the patience looks at. */
  private outcome({ isConnected, ...rest }: { kind: string; error?: Error; isConnected: boolean }) {
    return Promise.resolve({ ...rest, clock: { isConnected } } as unknown as Outcome);
  }
}

/** What the status bar shows in an hour of checks, each change once. */
async function hourOn(wire: Wire): Promise<string[]> {
  const shown: string[] = [];
  let indicator = INITIAL_INDICATOR;
  while (wire.now < HOUR) {
    const started = wire.now;
    const { kind } = await askPatiently(wire.tryOnce, PROBE_LIMITS, () => wire.now);
    const totalMs = wire.now - started;
    const report = {
      endpoint: "",
      via: "direct",
      checkedAt: new Date(started).toISOString(),
      phases: { totalMs },
      ...(kind !== "answer"
        ? ({ state: "unreachable", code: "network/unreachable" } as const)
        : totalMs > PROBE_LIMITS.slowMs
          ? ({ state: "slow", code: "network/slow" } as const)
          : ({ state: "ok" } as const)),
    } as const;
    indicator = observe(indicator, report, false);
    const state = indicator.shown?.state ?? "nothing";
    if (shown.at(-1) !== state) shown.push(state);
    const { failures, offlineTries } = indicator;
    const next = nextProbe({
      last: report,
      failures,
      offlineTries,
      focused: true,
      focusGained: false,
      intervalMs: 300_000,
      now: wire.now,
      random: wire.draw(),
    });
    wire.now += next.delayMs ?? HOUR;
  }
  return shown;
}

describe("the patience of a check", () => {
  /** How many of a hundred hours have to be steady: on a line that loses, chance can take two checks in a row. */
  const wires: [string, number, number, number][] = [
    ["56 kbit/s", 450, 0, 100],
    ["1,600 ms", 1_600, 0, 100],
    ["300 ms and 20 % loss", 300, 0.2, 95],
    ["20 ms", 20, 0, 100],
  ];
  for (const [name, roundTripMs, loss, least] of wires) {
    it(`lets an hour on a line with ${name} not flap`, async () => {
      let steady = 0;
      for (let seed = 1; seed <= 100; seed++) {
        const shown = await hourOn(new Wire(roundTripMs, loss, seed * 7_919));
        const isSteady = shown.length <= 2 || (shown[0] === "nothing" && shown.length <= 3);
        if (isSteady && !shown.includes("unreachable")) steady++;
      }
      assert.ok(steady >= least, `${steady}`);
    });

    it(`says the same twice when a person checks two times on a line with ${name}`, async () => {
      let same = 0;
      for (let seed = 1; seed <= 100; seed++) {
        const wire = new Wire(roundTripMs, loss, seed * 7_919);
        const check = () => askPatiently(wire.tryOnce, PROBE_LIMITS, () => wire.now);
        const [first, second] = [await check(), await check()];
        if (first.kind === "answer" && second.kind === "answer") same++;
      }
      assert.equal(same, 100);
    });
  }

  const failing = (error: Error, isConnected = false) => {
    const limits: number[] = [];
    const tryOnce = ({ connectMs }: RequestLimits) => {
      limits.push(connectMs);
      return Promise.resolve({ kind: "failure", error, clock: { isConnected } } as unknown as Outcome);
    };
    return { limits, tryOnce };
  };

  it("tries once more after a loss, in the time that is left", async () => {
    const { limits, tryOnce } = failing(new PhaseTimeout());
    const times = [0, 4_500];
    await askPatiently(tryOnce, PROBE_LIMITS, () => times.shift() ?? 4_500);
    assert.deepEqual(limits, [9_000, 4_500]);
  });

  it("takes a refusal, an answer that does not come, and the end of its time for what they are", async () => {
    for (const [error, isConnected, tookMs] of [
      [Object.assign(new Error("x"), { code: "ECONNREFUSED" }), false, 1],
      [new PhaseTimeout(), true, 1],
      [new PhaseTimeout(), false, 8_000],
    ] as const) {
      const { limits, tryOnce } = failing(error, isConnected);
      const times = [0, tookMs];
      await askPatiently(tryOnce, PROBE_LIMITS, () => times.shift() ?? tookMs);
      assert.equal(limits.length, 1);
    }
  });
});
