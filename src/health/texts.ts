import * as vscode from "vscode";
import type { HealthReport, HealthState } from "./healthReport";

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
        sentence: vscode.l10n.t("The endpoint works and accepts your key."),
      };
    case "slow":
      return {
        icon: "watch",
        label: vscode.l10n.t("Slow"),
        sentence: vscode.l10n.t("The endpoint works, but answers slowly."),
      };
    case "degraded":
      return {
        icon: "info",
        label: vscode.l10n.t("Limited"),
        sentence: vscode.l10n.t("The endpoint works, but does not offer the configured model."),
      };
    case "unauthorized":
      return {
        icon: "key",
        label: vscode.l10n.t("Key Refused"),
        sentence: vscode.l10n.t(
          "The gateway does not accept this API key. Set it again or check it in the console.",
        ),
      };
    case "noQuota":
      return {
        icon: "credit-card",
        label: vscode.l10n.t("No Quota"),
        sentence: vscode.l10n.t("The key works, but its quota or balance is used up. Top up in the console."),
      };
    case "rateLimited":
      return {
        icon: "watch",
        label: vscode.l10n.t("Rate Limited"),
        sentence: vscode.l10n.t("The gateway limits requests at the moment. It is tried again later."),
      };
    case "notAnApi":
      return {
        icon: "error",
        label: vscode.l10n.t("Wrong Address"),
        sentence: vscode.l10n.t(
          "This address does not answer like the API: it may be a website or a sign-in page.",
        ),
      };
    case "blocked":
      return {
        icon: "circle-slash",
        label: vscode.l10n.t("Blocked"),
        sentence: vscode.l10n.t("The gateway or a firewall before it blocks this request."),
      };
    case "gatewayError":
      return {
        icon: "error",
        label: vscode.l10n.t("Gateway Error"),
        sentence: vscode.l10n.t(
          "The gateway has trouble of its own. Try again later or use the other endpoint.",
        ),
      };
    case "unreachable":
      return {
        icon: "debug-disconnect",
        label: vscode.l10n.t("Unreachable"),
        sentence: vscode.l10n.t("No connection to the endpoint. Check network, proxy and certificates."),
      };
    case "offline":
      return {
        icon: "globe",
        label: vscode.l10n.t("Offline"),
        sentence: vscode.l10n.t("This machine seems to be offline."),
      };
    case "noKey":
      return {
        icon: "key",
        label: vscode.l10n.t("Set Up"),
        sentence: vscode.l10n.t("No API key is stored yet."),
      };
  }
}

/** One line for messages, from our own words only: the gateway's text never becomes part of a notification. */
export function describeHealth({ state, httpStatus, code }: HealthReport): string {
  const sentence = state === "degraded" ? degradedSentence(code) : textsOf(state).sentence;
  if (state === "ok") return sentence;
  const details = [httpStatus === undefined ? undefined : `HTTP ${httpStatus}`, code].filter(Boolean);
  return details.length > 0 ? `${sentence} (${details.join(", ")})` : sentence;
}

function degradedSentence(code: string | undefined): string {
  switch (code) {
    case "network/proxy-mismatch":
      return vscode.l10n.t("VS Code reaches the endpoint, but Codex and OpenCode will not: set HTTPS_PROXY.");
    case "network/unreachable":
      return vscode.l10n.t("The endpoint works. TokenPool's other endpoint does not answer at the moment.");
    case "network/untrusted-certificate":
      return vscode.l10n.t("VS Code trusts the endpoint's certificate, but Codex and OpenCode may not.");
    default:
      return textsOf("degraded").sentence;
  }
}
