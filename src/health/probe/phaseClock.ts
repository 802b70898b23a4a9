import type { HealthPhases } from "../report";

/** The steps of a probe in their order; the two of the proxy only where there is one. */
export type Phase = "dns" | "proxyConnect" | "proxyTunnel" | "connect" | "tls" | "wait" | "body";

/** Stops the time of each phase. The phase that fails is the one still running at the end. */
export class PhaseClock {
  private readonly startedAt = performance.now();
  private readonly finished: Partial<Record<Phase, number>> = {};
  private enteredAt = this.startedAt;
  private running: Phase = "dns";

  /** @param onBegin told of each phase as it begins */
  constructor(private readonly onBegin: (phase: Phase) => void = () => undefined) {}

  get current(): Phase {
    return this.running;
  }

  /** The connection stands: what happens from here on is between client and server. */
  get isConnected(): boolean {
    return this.running === "wait" || this.running === "body";
  }

  /** Ends the running phase, which thereby counts as successful, and begins the next. */
  enter(phase: Phase): void {
    this.finish();
    this.skipTo(phase);
  }

  /** Begins another phase in place of the running one, which did not happen. */
  skipTo(phase: Phase): void {
    this.running = phase;
    this.onBegin(phase);
  }

  finish(): void {
    const now = performance.now();
    this.finished[this.running] = now - this.enteredAt;
    this.enteredAt = now;
  }

  phases(): HealthPhases {
    const named: Record<string, number> = {};
    for (const [phase, ms] of Object.entries(this.finished)) named[`${phase}Ms`] = Math.round(ms);
    return { ...named, totalMs: Math.round(performance.now() - this.startedAt) };
  }
}
