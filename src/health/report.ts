/** What one probe found; the lowest failing level (network, API, account) names it. */
export type HealthState =
  | "ok"
  | "slow"
  | "degraded"
  | "unauthorized"
  | "noQuota"
  | "rateLimited"
  | "notAnApi"
  | "blocked"
  | "gatewayError"
  | "unreachable"
  | "offline"
  | "noKey";

/** What a check comes to: the state, and a knowledge-base code unless it is ok. */
export interface Verdict {
  readonly state: HealthState;
  readonly code?: string;
}

/**
 * Whole milliseconds of each phase that came to its end; a phase that did not happen or failed is
 * absent. `totalMs` runs until the last answer or the failure.
 */
export interface HealthPhases {
  readonly dnsMs?: number;
  readonly proxyConnectMs?: number;
  readonly proxyTunnelMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly waitMs?: number;
  readonly bodyMs?: number;
  readonly totalMs: number;
}

/** A client as a report names it. */
export type ReportedClient = "codex" | "opencode";

/** The raw answer of one probe, plain JSON without the key. Public: the command Check Endpoint Health returns it. */
export interface HealthReport extends Verdict {
  /** The base URL that was asked. */
  readonly endpoint: string;
  readonly httpStatus?: number;
  readonly retryAfterMs?: number;
  /** ISO 8601, the start of the probe. */
  readonly checkedAt: string;
  readonly via: "direct" | "proxy" | "editor";
  /** Who fails, where the ways of the clients differ. */
  readonly failing?: readonly ReportedClient[];
  readonly phases: HealthPhases;
}
