import * as l10n from "@vscode/l10n";
import { KNOWLEDGE } from "../doctor/knowledge/knowledge";
import type { Snapshot } from "../doctor/snapshot";
import { hostOf } from "../doctor/tokenPoolUse";
import type { HealthPhases, HealthReport, HealthState } from "../health/healthReport";
import type { PanelEndpoint, PanelPhase, PanelStatus } from "./panelModel";

const STATUSES: Readonly<Record<HealthState, PanelStatus>> = {
  ok: "ok",
  slow: "information",
  degraded: "warning",
  unauthorized: "error",
  noQuota: "error",
  rateLimited: "warning",
  notAnApi: "error",
  blocked: "error",
  gatewayError: "warning",
  unreachable: "error",
  offline: "information",
  noKey: "unknown",
};

/** In the order in which they happen. */
const PHASES: readonly (readonly [Exclude<keyof HealthPhases, "totalMs">, () => string])[] = [
  ["dnsMs", () => l10n.t("Name (DNS)")],
  ["proxyConnectMs", () => l10n.t("Connection to the proxy")],
  ["proxyTunnelMs", () => l10n.t("Tunnel through the proxy")],
  ["connectMs", () => l10n.t("Connection")],
  ["tlsMs", () => l10n.t("Encryption (TLS)")],
  ["waitMs", () => l10n.t("Waiting for the answer")],
  ["bodyMs", () => l10n.t("Reading the answer")],
];

/** What the last check of each endpoint found; the chosen one even before its first check. */
export function panelEndpoints({ health, baseUrl }: Snapshot): PanelEndpoint[] {
  if (health.length > 0) return health.map((report, index) => endpointOf(report, index === 0));
  if (!baseUrl.valid) return [];
  const sentence = l10n.t("Not checked yet.");
  return [
    { host: hostOf(baseUrl.baseUrl), chosen: true, status: "unknown", sentence, detail: "", phases: [] },
  ];
}

function endpointOf(report: HealthReport, chosen: boolean): PanelEndpoint {
  const { endpoint, state, checkedAt, phases } = report;
  const wasAsked = state !== "noKey";
  return {
    host: hostOf(endpoint),
    chosen,
    status: STATUSES[state],
    sentence: sentenceFor(report),
    detail: detailOf(report),
    phases: phasesOf(phases),
    ...(wasAsked && { checkedAt, totalMs: phases.totalMs }),
  };
}

function sentenceFor({ state, code }: HealthReport): string {
  if (state === "ok") return l10n.t("The endpoint works and accepts your key.");
  const entry = code === undefined ? undefined : KNOWLEDGE[code];
  return entry ? `${entry.title()}. ${entry.cause()}` : l10n.t("The check failed.");
}

function detailOf({ httpStatus, via }: HealthReport): string {
  const status = httpStatus === undefined ? [] : [`HTTP ${httpStatus}`];
  const route = {
    direct: [],
    proxy: [l10n.t("through a proxy")],
    editor: [l10n.t("through VS Code's network")],
  };
  return [...status, ...route[via]].join(", ");
}

function phasesOf(phases: HealthPhases): PanelPhase[] {
  return PHASES.flatMap(([key, name]) => {
    const ms = phases[key];
    return ms === undefined ? [] : [{ name: name(), ms }];
  });
}
