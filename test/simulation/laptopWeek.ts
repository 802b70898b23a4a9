import type { HealthReport, HealthState } from "../../src/health/report";
import { HealthMonitor } from "../../src/health/monitor";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.parse("2026-03-02T00:00:00Z");

/** A clock with one timer. While the laptop sleeps nothing runs; what was due then runs when it wakes. */
class Laptop {
  now = START;
  probes = 0;
  private timer: { readonly callback: () => void; readonly due: number } | undefined;

  readonly monitor = new HealthMonitor({
    probe: () => Promise.resolve(this.probe()),
    intervalMs: () => 5 * MINUTE,
    now: () => this.now,
    random: () => 0.5,
    setTimer: (callback, delayMs) => {
      const timer = { callback, due: this.now + delayMs };
      this.timer = timer;
      return () => {
        if (this.timer === timer) this.timer = undefined;
      };
    },
    onChange: () => undefined,
  });

  constructor(private readonly stateAt: (now: number) => HealthState) {}

  async awakeUntil(end: number): Promise<void> {
    for (;;) {
      // A probe answers at once, but asynchronously.
      await new Promise(setImmediate);
      const { timer } = this;
      if (!timer || timer.due > end) break;
      this.timer = undefined;
      this.now = Math.max(this.now, timer.due);
      timer.callback();
    }
    this.now = end;
  }

  sleepUntil(end: number): void {
    this.now = end;
  }

  private probe(): HealthReport {
    this.probes++;
    return {
      state: this.stateAt(this.now),
      endpoint: "https://gateway.invalid",
      checkedAt: new Date(this.now).toISOString(),
      via: "direct",
      phases: { totalMs: 100, waitMs: 50 },
    };
  }
}

/**
 * Five days of nine hours: forty minutes in VS Code and twenty elsewhere, in turns; the lid is closed for
 * the lunch hour and the night with VS Code in front. Every day the gateway fails for ten minutes and the
 * network is gone for twenty.
 * @returns probes in the whole week
 */
export async function probesInAWeek(): Promise<number> {
  const laptop = new Laptop((now) => {
    const timeOfDay = (now - START) % DAY;
    if (timeOfDay >= 10 * HOUR && timeOfDay < 10 * HOUR + 10 * MINUTE) return "gatewayError";
    if (timeOfDay >= 15 * HOUR && timeOfDay < 15 * HOUR + 20 * MINUTE) return "offline";
    return "ok";
  });
  laptop.monitor.start(true);
  for (let day = 0; day < 5; day++) {
    for (let hour = 9; hour < 18; hour++) {
      const start = START + day * DAY + hour * HOUR;
      laptop.sleepUntil(start);
      // Lunch: the lid is closed.
      if (hour === 12) continue;
      laptop.monitor.setFocused(true);
      await laptop.awakeUntil(start + 40 * MINUTE);
      laptop.monitor.setFocused(false);
      await laptop.awakeUntil(start + HOUR);
    }
    laptop.monitor.setFocused(true);
  }
  laptop.sleepUntil(START + 7 * DAY);
  await laptop.awakeUntil(START + 7 * DAY);
  laptop.monitor.dispose();
  return laptop.probes;
}
