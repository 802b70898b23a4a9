import type { HealthReport } from "../../src/health/report";
import { INITIAL_INDICATOR, observe } from "../../src/health/indicator";
import { nextProbe } from "../../src/health/schedule";

export interface Outage {
  /** Windows that all have the focus: the worst case. */
  readonly installations: number;
  /** What a failing probe finds. */
  readonly failure: Pick<HealthReport, "state" | "code" | "retryAfterMs">;
  readonly seed: number;
}

export interface OutageCurve {
  /** Requests in each bin of 10 s; the outage begins at 0. */
  readonly bins: readonly number[];
  /** Requests in 10 s while all is well. */
  readonly steady: number;
  /** Most requests in 10 s after the recovery. */
  readonly peakAfterRecovery: number;
}

export const BIN_SECONDS = 10;
export const OUTAGE_SECONDS = 600;
const SIMULATED_SECONDS = 1_500;
const INTERVAL_MS = 300_000;
/** Long enough for the jitter to have spread whatever began together. */
const WARM_UP_MS = 900_000;

/** Every installation probes as the real schedule says, through ten minutes in which every probe fails. */
export function simulateOutage({ installations, failure, seed }: Outage): OutageCurve {
  const bins = new Array<number>(SIMULATED_SECONDS / BIN_SECONDS).fill(0);
  const random = randomNumbers(seed);
  for (let index = 0; index < installations; index++) simulateOne(bins, failure, random);
  const recovered = bins.slice(OUTAGE_SECONDS / BIN_SECONDS);
  return {
    bins,
    steady: (installations * BIN_SECONDS * 1000) / INTERVAL_MS,
    peakAfterRecovery: Math.max(...recovered),
  };
}

function simulateOne(bins: number[], failure: Outage["failure"], random: () => number): void {
  let now = -WARM_UP_MS + INTERVAL_MS * random();
  let indicator = INITIAL_INDICATOR;
  for (;;) {
    const isOut = now >= 0 && now < OUTAGE_SECONDS * 1000;
    const bin = Math.floor(now / 1000 / BIN_SECONDS);
    if (bin >= bins.length) return;
    if (bin >= 0) bins[bin] = (bins[bin] ?? 0) + 1;
    const last: HealthReport = {
      ...(isOut ? failure : { state: "ok" as const }),
      endpoint: "https://gateway.invalid",
      checkedAt: new Date(now).toISOString(),
      via: "direct",
      phases: { totalMs: 100, waitMs: 50 },
    };
    indicator = observe(indicator, last, false);
    const { failures, offlineTries } = indicator;
    const { delayMs } = nextProbe({
      ...{ last, failures, offlineTries, intervalMs: INTERVAL_MS },
      ...{ focused: true, focusGained: false, now, random: random() },
    });
    if (delayMs === undefined) return;
    now += delayMs;
  }
}

/** Mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
