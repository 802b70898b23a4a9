import type { HealthReport, HealthState } from "./report";
import { beforeFirstByteMs } from "./probe/patience";
import { isWorking } from "./schedule";

/** What the status bar knows: the report it shows and what it needs to judge the next one. */
export interface Indicator {
  /** Undefined: nothing is known yet. */
  readonly shown: HealthReport | undefined;
  /** Reports in a row that were neither ok, slow nor degraded. */
  readonly failures: number;
  readonly offlineTries: number;
  /** Times until the first byte of the last working reports, in milliseconds, oldest first. */
  readonly waits: readonly number[];
  /** Working reports in a row whose wait was long. */
  readonly slowInARow: number;
}

export const INITIAL_INDICATOR: Indicator = {
  shown: undefined,
  failures: 0,
  offlineTries: 0,
  waits: [],
  slowInARow: 0,
};

/** No second try changes these: they are shown at once. */
const CERTAIN: readonly HealthState[] = ["noKey", "unauthorized", "noQuota", "notAnApi"];
const FAILURES_TO_SHOW = 2;

const SLOW_MS = 1_500;
const SLOW_FACTOR = 3;
/** Three times a very short wait is still no wait that a person notices. */
const NOTICEABLE_MS = 500;
const CLEARLY = 2 / 3;
const WAITS_KEPT = 10;
/** A median of fewer says nothing. */
const WAITS_NEEDED = 5;
const SLOW_TO_SHOW = 2;

/**
 * Takes in a report. A single failure of the network changes nothing yet, a single success clears
 * everything; what the user asked for is shown as it is.
 */
export function observe(indicator: Indicator, report: HealthReport, askedByUser: boolean): Indicator {
  return isWorking(report)
    ? observeSuccess(indicator, report)
    : observeFailure(indicator, report, askedByUser);
}

function observeFailure(indicator: Indicator, report: HealthReport, askedByUser: boolean): Indicator {
  const failures = indicator.failures + 1;
  const isShown = askedByUser || CERTAIN.includes(report.state) || failures >= FAILURES_TO_SHOW;
  return {
    ...indicator,
    failures,
    offlineTries: report.state === "offline" ? indicator.offlineTries + 1 : 0,
    slowInARow: 0,
    shown: isShown ? report : indicator.shown,
  };
}

function observeSuccess(indicator: Indicator, report: HealthReport): Indicator {
  const waitMs = beforeFirstByteMs(report.phases);
  // What was slow has to be clearly quicker, so that a line at the limit does not change with every look.
  const wasSlow = indicator.shown?.state === "slow";
  const limit = wasSlow ? CLEARLY : 1;
  const slowInARow = isLong(waitMs, indicator.waits, limit) ? indicator.slowInARow + 1 : 0;
  const isSlow = report.state === "ok" && slowInARow >= (wasSlow ? 1 : SLOW_TO_SHOW);
  return {
    failures: 0,
    offlineTries: 0,
    slowInARow,
    waits: [...indicator.waits, waitMs].slice(-WAITS_KEPT),
    shown: isSlow ? { ...report, state: "slow", code: "network/slow" } : report,
  };
}

function isLong(waitMs: number, waits: readonly number[], limit: number): boolean {
  if (waitMs > SLOW_MS * limit) return true;
  const median = waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)];
  if (median === undefined || waits.length < WAITS_NEEDED) return false;
  return waitMs > NOTICEABLE_MS && waitMs > SLOW_FACTOR * limit * median;
}
