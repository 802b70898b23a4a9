import * as vscode from "vscode";
import { checkApiKey } from "../../gateway/apiKey";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import { ASK_AGAIN_MS, isRefusedTooEarly } from "../../health/newKey";
import type { HealthReport } from "../../health/report";
import { describeHealth } from "../../health/texts";
import { showWarningMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";
import { askForSecret } from "../setUp/secretInput";

/** States in which the gateway has seen the key and not refused it. */
const KEY_ACCEPTED: readonly HealthReport["state"][] = ["ok", "slow", "degraded", "noQuota", "rateLimited"];

/** What somebody typed, and what the gateway said to it. Holds the key: never log, store or show it. */
export interface EnteredKey {
  readonly apiKey: string;
  readonly checked: EndpointResult;
}

/**
 * Asks for a key and checks it against the gateway. Stores nothing.
 * @param endpoint where it is checked, as soon as that is known; left out: at the chosen one
 * @param reason why one has to be given, in a sentence
 * @returns undefined where the user left
 */
export async function enterApiKey(
  services: Services,
  endpoint?: Promise<string>,
  reason = "",
): Promise<EnteredKey | undefined> {
  // It is waited for only when Enter is pressed.
  endpoint?.catch(() => undefined);
  let checked: EndpointResult | undefined;
  let warnedOf: string | undefined;
  const pasted = await askForSecret({
    title: vscode.l10n.t("TokenPool API Key"),
    prompt:
      `${reason} ${vscode.l10n.t("Paste your API key. It is kept in VS Code's secret storage.")}`.trim(),
    placeholder: "sk-…",
    link: { tooltip: vscode.l10n.t("Open the API keys console"), url: API_KEYS_CONSOLE_URL },
    check: async (text, signal, wait) => {
      const shape = checkApiKey(text);
      if (!shape.valid) return { message: shape.message, severity: vscode.InputBoxValidationSeverity.Error };
      if (shape.warning !== undefined && warnedOf !== text) {
        warnedOf = text;
        const message = vscode.l10n.t("{0} Press Enter again to use it.", shape.warning);
        return { message, severity: vscode.InputBoxValidationSeverity.Warning };
      }
      // Whatever fails here, the box must not stay as if it were still waiting.
      const probe = async () => {
        try {
          return await services.health.probeKey(shape.key, signal, await endpoint);
        } catch (error) {
          services.log.error(error instanceof Error ? error : String(error));
          return undefined;
        }
      };
      let result = await probe();
      if (result && isRefusedTooEarly(result.report, Date.now(), Date.now())) {
        wait(vscode.l10n.t("Checking: the gateway may need half a minute to know a new key…"));
        await untilKnown(signal);
        result = signal.aborted ? undefined : await probe();
      }
      if (!result) return { message: notChecked(), severity: vscode.InputBoxValidationSeverity.Error };
      checked = result;
      if (checked.report.state !== "unauthorized") return "accept";
      const message = vscode.l10n.t("The gateway refuses this key: {0}", describeHealth(checked.report));
      return { message, severity: vscode.InputBoxValidationSeverity.Error };
    },
  });
  const shape = checkApiKey(pasted ?? "");
  if (!checked || !shape.valid || !(await agreeToUnchecked(checked.report))) return undefined;
  return { apiKey: shape.key, checked };
}

/** Checks a key that is on this machine already; asks for another one where the gateway refuses it. Stores nothing. */
export async function checkFoundKey(
  services: Services,
  apiKey: string,
  endpoint: string,
): Promise<EnteredKey | undefined> {
  const title = vscode.l10n.t("Checking the API key…");
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const checked = await withProgress(options, (token) => {
    const leaving = new AbortController();
    token.onCancellationRequested(() => leaving.abort());
    return services.health.probeKey(apiKey, leaving.signal, endpoint);
  });
  if (!checked) return undefined;
  if (checked.report.state !== "unauthorized")
    return (await agreeToUnchecked(checked.report)) ? { apiKey, checked } : undefined;
  const refused = vscode.l10n.t("The gateway refuses this key: {0}", describeHealth(checked.report));
  return enterApiKey(services, Promise.resolve(endpoint), refused);
}

/** Where the network or the gateway is the problem, the key may still be right: the user decides. */
async function agreeToUnchecked(report: HealthReport): Promise<boolean> {
  if (KEY_ACCEPTED.includes(report.state)) return true;
  const storeAnyway = vscode.l10n.t("Store Anyway");
  const detail = describeHealth(report);
  return (await showWarningMessage(notChecked(), { modal: true, detail }, storeAnyway)) === storeAnyway;
}

function notChecked(): string {
  return vscode.l10n.t("The API key could not be checked.");
}

/** Or until the user has left. */
function untilKnown(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ASK_AGAIN_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
