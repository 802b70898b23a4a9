import type { HealthReport } from "./report";

/** Everything the time of the next background probe depends on. Times in milliseconds. */
export interface ScheduleInput {
  /** Undefined: not probed since activation, or since key, endpoint or settings changed. */
  readonly last: HealthReport | undefined;
  /** Reports in a row, up to and with the last, that were neither ok, slow nor degraded. */
  readonly failures: number;
  /** Reports in a row, up to and with the last, that were offline. */
  readonly offlineTries: number;
  readonly focused: boolean;
  /** The window has just got the focus. */
  readonly focusGained: boolean;
  /** The setting's interval, for as long as all is well. */
  readonly intervalMs: number;
  readonly now: number;
  /** In [0, 1): spreads the probes of many windows and machines. */
  readonly random: number;
}

export interface NextProbe {
  /** Undefined: none before the focus comes back, something changes, or the user checks. */
  readonly delayMs: number | undefined;
  readonly reason: "first" | "interval" | "backoff" | "unfocused" | "key" | "quota" | "offline";
}

export const FIRST_PROBE_MS = 3_000;
export const BACKOFF_MS = [15_000, 30_000, 60_000, 120_000, 300_000] as const;
/** After a used-up quota: people top up in the browser and come back. */
export const QUOTA_MS = 300_000;
/** So many tries in a row that find the whole network missing are enough. */
export const OFFLINE_TRIES = 3;
const JITTER = 0.2;

/** When to probe next; pure, so that a week of a laptop's life can be simulated. */
export function nextProbe(input: ScheduleInput): NextProbe {
  const { last, focused, focusGained } = input;
  if (!focused) return { delayMs: undefined, reason: "unfocused" };
  if (!last) return { delayMs: FIRST_PROBE_MS, reason: "first" };
  switch (last.state) {
    case "noKey":
    case "unauthorized":
      return { delayMs: undefined, reason: "key" };
    case "noQuota": {
      const isDue = focusGained && remaining(last, QUOTA_MS, input.now) === 0;
      return { delayMs: isDue ? 0 : undefined, reason: "quota" };
    }
    case "ok":
    case "slow":
    case "degraded":
      return { delayMs: delay(last, input.intervalMs, input), reason: "interval" };
    case "offline":
      if (input.offlineTries >= OFFLINE_TRIES) {
        return {
          delayMs: focusGained ? remaining(last, BACKOFF_MS[0], input.now) : undefined,
          reason: "offline",
        };
      }
      return { delayMs: delay(last, backoff(input.failures), input), reason: "backoff" };
    default:
      return { delayMs: delay(last, backoff(input.failures), input), reason: "backoff" };
  }
}

/** True for a result of another window that makes a probe of one's own superfluous: none would be due yet. */
export function isFresh(report: HealthReport, intervalMs: number, now: number): boolean {
  const mayChangeSoon = !isWorking(report) && report.state !== "unauthorized";
  const usualMs = (1 - JITTER) * (mayChangeSoon ? BACKOFF_MS[0] : intervalMs);
  // A pause the gateway asked for holds for all windows of the machine, also for one just opened.
  const periodMs = Math.max(usualMs, report.retryAfterMs ?? 0);
  const ageMs = now - Date.parse(report.checkedAt);
  return ageMs >= 0 && ageMs < periodMs;
}

export function isWorking(report: HealthReport): boolean {
  return report.state === "ok" || report.state === "slow" || report.state === "degraded";
}

function backoff(failures: number): number {
  return BACKOFF_MS[Math.min(Math.max(failures, 1), BACKOFF_MS.length) - 1] ?? BACKOFF_MS[0];
}

/** From now until the jittered period after the last probe is over; at once for a focus that comes after it. */
function delay(last: HealthReport, periodMs: number, { focusGained, now, random }: ScheduleInput): number {
  if (focusGained && remaining(last, periodMs, now) === 0) return 0;
  const jittered = periodMs * (1 - JITTER + 2 * JITTER * random);
  return remaining(last, jittered, now);
}

/** Never before the time the gateway asked for. */
function remaining(last: HealthReport, periodMs: number, now: number): number {
  const period = Math.max(periodMs, last.retryAfterMs ?? 0);
  const age = now - Date.parse(last.checkedAt);
  // A clock that was set back makes the last probe lie in the future: one period is then the most to wait.
  return Math.round(Math.min(period, Math.max(0, period - age)));
}
