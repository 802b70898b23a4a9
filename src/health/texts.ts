import * as l10n from "@vscode/l10n";
import { formatList } from "../gateway/formats";
import type { UsedUpLimit } from "../gateway/usage/usedUpLimit";
import { describeUsedUp } from "../gateway/usage/usageText";
import { networkSentence } from "./networkSentences";
import type { HealthPhases, HealthReport, HealthState, Verdict } from "./report";

interface StateTexts {
  /** Codicon of the status bar item. */
  readonly icon: string;
  /** Behind "TokenPool" in the status bar; empty when all is well. */
  readonly label: string;
  /** One sentence: what is the matter and what to do. */
  readonly sentence: string;
}

/** How a result looks and reads. One icon and few words, as the status bar guidelines ask. */
export function textsOf({ state, code }: Verdict): StateTexts {
  const texts = textsOfState(state);
  // The address is right: somebody on the way answers in its place.
  if (code === "network/filtered") return { ...texts, icon: "circle-slash", label: l10n.t("Filtered") };
  // Quota is something else, and topping up would not bring the subscription back.
  if (code === "account/subscription-expired") return { ...texts, label: l10n.t("Subscription Ended") };
  if (code === "network/captive-portal") return { ...texts, icon: "globe", label: l10n.t("Network Sign-In") };
  return texts;
}

function textsOfState(state: HealthState): StateTexts {
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
        sentence: l10n.t("The gateway limits requests at the moment."),
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
        sentence: l10n.t(
          "The gateway or a firewall blocks this request. Use the other endpoint or another network.",
        ),
      };
    case "gatewayError":
      return {
        icon: "error",
        label: l10n.t("Gateway Error"),
        sentence: l10n.t("The gateway is having problems. Try again later or use the other endpoint."),
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
  const { state, httpStatus } = report;
  const sentence = usedUp ? describeUsedUp(usedUp) : sentenceOf(report);
  if (state === "ok") return sentence;
  return httpStatus === undefined ? sentence : `${sentence} (HTTP ${httpStatus})`;
}

/** What is the matter, in one sentence or two short ones. */
export function sentenceOf({ state, code, failing, retryAfterMs }: HealthReport): string {
  if (state === "degraded" && failing?.[0]) {
    const names = formatList(failing.map((client) => NAMES[client]));
    const cause = networkSentence(code) ?? textsOfState("unreachable").sentence;
    return l10n.t("{0} cannot connect. {1}", names, cause);
  }
  if (state === "degraded" && code === "network/unreachable")
    return l10n.t("The endpoint works. TokenPool's other endpoint does not answer at the moment.");
  const sentence = sentenceOfCode(code) ?? textsOfState(state).sentence;
  const mayComeBack = state === "rateLimited" || state === "gatewayError";
  return mayComeBack && retryAfterMs ? `${sentence} ${nextTry(retryAfterMs)}` : sentence;
}

/** Until then the gateway wants to be left alone. */
function nextTry(retryAfterMs: number): string {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds < 120
    ? l10n.t("Next try in {0} s.", seconds)
    : l10n.t("Next try in {0} min.", Math.ceil(seconds / 60));
}

/** In sentences; everything else knows the clients by their folders. */
const NAMES: Readonly<Record<NonNullable<HealthReport["failing"]>[number], string>> = {
  codex: "Codex",
  opencode: "OpenCode",
};

function sentenceOfCode(code: string | undefined): string | undefined {
  switch (code) {
    case "gateway/no-answer":
      return l10n.t("Connected, but the server does not respond. Try again later or use the other endpoint.");
    case "endpoint/missing-v1":
      return l10n.t(
        "The gateway has the Responses API below /v1 only, and Codex's base URL lacks it. Configure Codex again.",
      );
    case "endpoint/no-responses-api":
      return l10n.t("The gateway has no Responses API, which Codex and OpenCode need.");
    case "account/client-not-allowed":
      return l10n.t(
        "The gateway does not accept this program. Ask in the console which programs the key is for.",
      );
    case "account/key-disabled":
      return l10n.t("This API key is disabled. Enable it in the console.");
    case "account/key-expired":
      return l10n.t("This API key has expired. Create a new one in the console and set it here.");
    case "account/subscription-expired":
      return l10n.t(
        "The key works, but its subscription has ended. Renew it in the console, or give the key another group.",
      );
    default:
      return networkSentence(code);
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
