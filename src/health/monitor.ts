import type { HealthReport } from "./report";
import { INITIAL_INDICATOR, observe } from "./indicator";
import { ASK_AGAIN_MS, isRefusedTooEarly } from "./newKey";
import { BACKOFF_MS, isWorking, nextProbe } from "./schedule";

export interface MonitorOptions {
  /** Answers undefined only when `signal` was aborted. */
  readonly probe: (signal: AbortSignal, askedByUser: boolean) => Promise<HealthReport | undefined>;
  /** The interval while all is well, in milliseconds; undefined: no background probes at all. */
  readonly intervalMs: () => number | undefined;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls back once after the delay; what it returns cancels that. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** Told after every probe and every change of `checking`. */
  readonly onChange: (health: ShownHealth) => void;
}

export interface ShownHealth {
  /** What the status bar should show; undefined: nothing is known yet. */
  readonly report: HealthReport | undefined;
  /** A check that the user asked for is running, or a key that was just entered is asked for once more. */
  readonly checking: boolean;
}

interface Run {
  readonly abort: AbortController;
  readonly askedByUser: boolean;
  /** The user's own way to end it. */
  readonly signal: AbortSignal | undefined;
  readonly result: Promise<HealthReport | undefined>;
}

/** Probes in the background as the schedule says, and whenever asked. One probe at a time. */
export class HealthMonitor {
  private indicator = INITIAL_INDICATOR;
  private last: HealthReport | undefined;
  private focused = false;
  private started = false;
  /** Probes in a row that ended without any result. */
  private rejections = 0;
  private run: Run | undefined;
  /** When the key came that is used; undefined: before this window, or the gateway has known it since. */
  private keyEnteredAt: number | undefined;
  /** From when on a refusal of it counts; undefined: it was not refused yet. */
  private refusalCountsAt: number | undefined;
  private awaitsSecondAnswer = false;
  private cancelTimer: (() => void) | undefined;

  constructor(private readonly options: MonitorOptions) {}

  get shown(): ShownHealth {
    const checking = this.awaitsSecondAnswer || (this.run?.askedByUser ?? false);
    return { report: this.indicator.shown, checking };
  }

  /** Begins the background probes. */
  start(focused: boolean): void {
    this.started = true;
    this.focused = focused;
    this.schedule(false);
  }

  /** VS Code reports more than changes of the focus: a value that stayed the same does nothing. */
  setFocused(focused: boolean): void {
    if (focused === this.focused) return;
    this.focused = focused;
    this.schedule(focused);
  }

  /**
   * Probes at once. A check of the user's that runs already is joined, a background probe is replaced.
   *
   * @param signal ends the check
   * @returns the raw report; undefined when the check was cancelled; rejects as the probe does
   */
  checkNow(signal?: AbortSignal): Promise<HealthReport | undefined> {
    if (this.run?.askedByUser) return this.run.result;
    return this.begin(true, signal);
  }

  /** There is another key. */
  keyEntered(): void {
    this.keyEnteredAt = this.options.now();
    this.refusalCountsAt = undefined;
    this.settingsChanged();
  }

  /** Endpoint, model or interval changed: what was known no longer counts. Who is waiting for a check gets a new one. */
  settingsChanged(): void {
    const overtaken = this.run;
    overtaken?.abort.abort();
    this.run = undefined;
    this.last = undefined;
    this.awaitsSecondAnswer = false;
    this.indicator = INITIAL_INDICATOR;
    this.options.onChange(this.shown);
    if (overtaken?.askedByUser) this.begin(true, overtaken.signal).catch(ignore);
    else this.schedule(false);
  }

  dispose(): void {
    this.started = false;
    this.cancelTimer?.();
    this.run?.abort.abort();
    this.run = undefined;
  }

  private schedule(focusGained: boolean): void {
    // It was asked for by whoever entered the key, and comes wherever the focus is.
    if (this.awaitsSecondAnswer) return;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    const intervalMs = this.options.intervalMs();
    if (!this.started || this.run || intervalMs === undefined) return;
    const { delayMs } = nextProbe({
      last: this.last,
      failures: this.indicator.failures,
      offlineTries: this.indicator.offlineTries,
      focused: this.focused,
      focusGained,
      intervalMs,
      now: this.options.now(),
      random: this.options.random(),
    });
    if (delayMs === undefined) return;
    const pauseMs = BACKOFF_MS[Math.min(this.rejections, BACKOFF_MS.length) - 1] ?? 0;
    const begin = () => void this.begin(false).catch(ignore);
    this.cancelTimer = this.options.setTimer(begin, Math.max(delayMs, pauseMs));
  }

  /** @returns false: the report counts. Another window's answer, which may be as old, is no second one. */
  private asksAgain(report: HealthReport): boolean {
    const now = this.options.now();
    if (isWorking(report)) this.keyEnteredAt = undefined;
    if (!isRefusedTooEarly(report, this.keyEnteredAt, now)) return false;
    this.refusalCountsAt ??= now + ASK_AGAIN_MS;
    if (now >= this.refusalCountsAt) return false;
    const begin = () => void this.begin(true).catch(ignore);
    this.cancelTimer = this.options.setTimer(begin, this.refusalCountsAt - now);
    return true;
  }

  private begin(askedByUser: boolean, signal?: AbortSignal): Promise<HealthReport | undefined> {
    this.cancelTimer?.();
    this.run?.abort.abort();
    const abort = new AbortController();
    const combined = signal ? AbortSignal.any([abort.signal, signal]) : abort.signal;
    const finish = (report: HealthReport | undefined) => {
      this.run = undefined;
      this.awaitsSecondAnswer = report !== undefined && this.asksAgain(report);
      if (report && !this.awaitsSecondAnswer) {
        this.last = report;
        this.indicator = observe(this.indicator, report, askedByUser);
      }
      this.options.onChange(this.shown);
      this.schedule(false);
      return report;
    };
    // Overtaken: what it found, or failed of, belongs to another key or endpoint.
    const overtaking = () => (this.run?.askedByUser ? this.run.result : undefined);
    const result = this.options.probe(combined, askedByUser).then(
      (report) => {
        if (this.run !== run) return overtaking();
        this.rejections = 0;
        return finish(report);
      },
      (error: unknown) => {
        if (this.run !== run) return overtaking();
        this.rejections++;
        finish(undefined);
        throw error;
      },
    );
    const run: Run = { abort, askedByUser, signal, result };
    this.run = run;
    if (askedByUser) this.options.onChange(this.shown);
    return result;
  }
}

/** A background probe has nobody to tell; whoever gave it to the monitor has logged why it failed. */
function ignore(): void {}
