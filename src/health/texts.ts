import * as l10n from "@vscode/l10n";
import type { UsedUpLimit } from "../gateway/usage/usedUpLimit";
import { describeUsedUp } from "../gateway/usage/usageText";
import type { HealthPhases, HealthReport, HealthState } from "./report";

interface StateTexts {
  /** Codicon of the status bar item. */
  readonly icon: string;
  /** Behind "TokenPool" in the status bar; empty when all is well. */
  readonly label: string;
  /** One sentence: what is the matter and what to do. */
  readonly sentence: string;
}

/** How each state looks and reads. One icon and few words, as the status bar guidelines ask. */
export function textsOf(state: HealthState): StateTexts {
  switch (state) {
    case "ok":
      return {
        icon: "check",
        label: "",
        sentence: l10n.t("The endpoint works and accepts your key."),
      };
    case "slow":
      return {
        icon: "watch",
        label: l10n.t("Slow"),
        sentence: l10n.t("The endpoint works, but answers slowly."),
      };
    case "degraded":
      return {
        icon: "info",
        label: l10n.t("Limited"),
        sentence: l10n.t("The endpoint works, but does not offer the configured model."),
      };
    case "unauthorized":
      return {
        icon: "key",
        label: l10n.t("Key Refused"),
        sentence: l10n.t(
          "The gateway does not accept this API key. Set it again or check it in the console.",
        ),
      };
    case "noQuota":
      return {
        icon: "credit-card",
        label: l10n.t("No Quota"),
        sentence: l10n.t("The key works, but its quota or balance is used up. Top up in the console."),
      };
    case "rateLimited":
      return {
        icon: "watch",
        label: l10n.t("Rate Limited"),
        sentence: l10n.t("The gateway limits requests at the moment. It is tried again later."),
      };
    case "notAnApi":
      return {
        icon: "error",
        label: l10n.t("Wrong Address"),
        sentence: l10n.t("This address does not answer like the API: it may be a website or a sign-in page."),
      };
    case "blocked":
      return {
        icon: "circle-slash",
        label: l10n.t("Blocked"),
        sentence: l10n.t("The gateway or a firewall before it blocks this request."),
      };
    case "gatewayError":
      return {
        icon: "error",
        label: l10n.t("Gateway Error"),
        sentence: l10n.t("The gateway has trouble of its own. Try again later or use the other endpoint."),
      };
    case "unreachable":
      return {
        icon: "debug-disconnect",
        label: l10n.t("Unreachable"),
        sentence: l10n.t("No connection to the endpoint. Check network, proxy and certificates."),
      };
    case "offline":
      return {
        icon: "globe",
        label: l10n.t("Offline"),
        sentence: l10n.t("This machine seems to be offline."),
      };
    case "noKey":
      return {
        icon: "key",
        label: l10n.t("Set Up"),
        sentence: l10n.t("No API key is stored yet."),
      };
  }
}

/**
 * One line for messages, from our own words only: the gateway's text never becomes part of a notification.
 *
 * @param usedUp the limit that the gateway tells of, where one comes back by itself
 */
export function describeHealth(report: HealthReport, usedUp?: UsedUpLimit): string {
  const { state, httpStatus, code } = report;
  const sentence = usedUp ? describeUsedUp(usedUp) : sentenceOf(report);
  if (state === "ok") return sentence;
  const details = [httpStatus === undefined ? undefined : `HTTP ${httpStatus}`, code].filter(Boolean);
  return details.length > 0 ? `${sentence} (${details.join(", ")})` : sentence;
}

/** What is the matter, in one sentence. */
export function sentenceOf({ state, code }: HealthReport): string {
  if (state === "degraded") return degradedSentence(code);
  if (code === "gateway/no-answer") {
    return l10n.t(
      "The endpoint takes the request, but does not answer. Try again later or use the other endpoint.",
    );
  }
  if (code === "endpoint/missing-v1") {
    return l10n.t(
      "The gateway has the Responses API below /v1 only, and Codex does not name it: configure Codex again.",
    );
  }
  if (code === "endpoint/no-responses-api") {
    return l10n.t("The gateway has no Responses API, which Codex and OpenCode need.");
  }
  if (code === "account/subscription-expired") {
    return l10n.t(
      "The key works, but its subscription has ended. Renew it in the console, or give the key another group.",
    );
  }
  return textsOf(state).sentence;
}

function degradedSentence(code: string | undefined): string {
  switch (code) {
    case "network/proxy-mismatch":
      return l10n.t("VS Code reaches the endpoint, but Codex and OpenCode will not: set HTTPS_PROXY.");
    case "network/unreachable":
      return l10n.t("The endpoint works. TokenPool's other endpoint does not answer at the moment.");
    case "network/untrusted-certificate":
      return l10n.t("VS Code trusts the endpoint's certificate, but Codex and OpenCode may not.");
    default:
      return textsOf("degraded").sentence;
  }
}

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

export interface NamedPhase {
  readonly name: string;
  readonly ms: number;
}

/** The phases that happened, in their order, without the total. */
export function namedPhases(phases: HealthPhases): NamedPhase[] {
  return PHASES.flatMap(([key, name]) => {
    const ms = phases[key];
    return ms === undefined ? [] : [{ name: name(), ms }];
  });
}
