import * as vscode from "vscode";
import { checkApiKey } from "../../gateway/apiKey";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import { ASK_AGAIN_MS, isRefusedTooEarly } from "../../health/newKey";
import type { HealthReport } from "../../health/report";
import { describeKeychainError } from "../connection";
import { describeHealth } from "../../health/texts";
import { showErrorMessage, showWarningMessage } from "../messages/plainWindow";
import { askForSecret } from "./secretInput";
import type { Services } from "../services";
import { offerKeyToClients } from "./offerKeyToClients";

/** States in which the gateway has seen the key and not refused it. */
const KEY_ACCEPTED: readonly HealthReport["state"][] = ["ok", "slow", "degraded", "noQuota", "rateLimited"];

/** Asks for a key and offers it to the clients that still use another one. @returns true when a key was stored */
export async function setApiKey(services: Services): Promise<boolean> {
  const stored = await askForApiKey(services);
  if (stored) void offerKeyToClients(services, stored.apiKey, stored.checked);
  return stored !== undefined;
}

interface StoredKey {
  readonly apiKey: string;
  readonly checked: EndpointResult;
}

/**
 * Asks for a key, checks it against the gateway and stores it.
 * @param endpoint where it is checked, as soon as that is known; left out: at the chosen one
 * @returns undefined when none was stored
 */
export async function askForApiKey(
  services: Services,
  endpoint?: Promise<string>,
): Promise<StoredKey | undefined> {
  let checked: EndpointResult | undefined;
  let warnedOf: string | undefined;
  const pasted = await askForSecret({
    title: vscode.l10n.t("TokenPool API Key"),
    prompt: vscode.l10n.t("Paste your API key. It is kept in VS Code's secret storage."),
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
      const probe = async () => services.health.probeKey(shape.key, signal, await endpoint);
      checked = await probe();
      if (checked && isRefusedTooEarly(checked.report, Date.now(), Date.now())) {
        wait(vscode.l10n.t("Checking: the gateway may need half a minute to know a new key…"));
        await untilKnown(signal);
        checked = signal.aborted ? undefined : await probe();
      }
      if (checked?.report.state !== "unauthorized") return "accept";
      const message = vscode.l10n.t("The gateway refuses this key: {0}", describeHealth(checked.report));
      return { message, severity: vscode.InputBoxValidationSeverity.Error };
    },
  });
  const shape = checkApiKey(pasted ?? "");
  if (!checked || !shape.valid || !(await agreeToUnchecked(checked.report))) return undefined;
  const { key: apiKey } = shape;
  return (await store(services, apiKey)) ? { apiKey, checked } : undefined;
}

/** Where the network or the gateway is the problem, the key may still be right: the user decides. */
async function agreeToUnchecked(report: HealthReport): Promise<boolean> {
  if (KEY_ACCEPTED.includes(report.state)) return true;
  const storeAnyway = vscode.l10n.t("Store Anyway");
  const message = vscode.l10n.t("The API key could not be checked.");
  const detail = describeHealth(report);
  return (await showWarningMessage(message, { modal: true, detail }, storeAnyway)) === storeAnyway;
}

async function store(services: Services, apiKey: string): Promise<boolean> {
  try {
    await services.apiKeys.write(apiKey);
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    return false;
  }
  services.log.info("API key stored");
  return true;
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
