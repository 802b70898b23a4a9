import * as vscode from "vscode";
import { describeKeychainError } from "../connection";
import { addApiKey, sayFull } from "../keys/addApiKey";
import { checkFoundKey, type EnteredKey, enterApiKey } from "../keys/enterApiKey";
import { KeychainError } from "../keys/keychain";
import { showErrorMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { offerKeyToClients } from "./offerKeyToClients";

/**
 * Asks for a key and offers it to the clients that still use another one. Where one is in use, it is asked first
 * whether the new one takes its place or stands beside it.
 * @returns true when a key was stored
 */
export async function setApiKey(services: Services): Promise<boolean> {
  const old = await services.apiKeys.read().catch(() => undefined);
  const way = old ? await askHow() : "replace";
  if (way === undefined) return false;
  if (way === "add") return addApiKey(services);
  const stored = await askForApiKey(services);
  if (stored) {
    const offering = offerKeyToClients(services, stored.apiKey, stored.checked);
    offering.catch((error: unknown) => {
      services.log.error(error instanceof Error ? error : String(error));
      void showErrorMessage(error instanceof KeychainError ? describeKeychainError(error) : String(error));
    });
  }
  return stored !== undefined;
}

async function askHow(): Promise<"replace" | "add" | undefined> {
  const items = [
    {
      way: "replace",
      label: vscode.l10n.t("Replace the Key in Use"),
      detail: vscode.l10n.t("The new key takes its place, and is offered to the clients."),
      iconPath: new vscode.ThemeIcon("replace"),
    },
    {
      way: "add",
      label: vscode.l10n.t("Add Another Key"),
      detail: vscode.l10n.t("Both stay, and you can switch between them."),
      iconPath: new vscode.ThemeIcon("add"),
    },
  ] as const;
  const choice = await showQuickPick(items, {
    title: vscode.l10n.t("TokenPool API Key"),
    placeHolder: vscode.l10n.t("A key is stored already"),
  });
  return choice?.way;
}

/**
 * Asks for a key, checks it against the gateway and stores it as the one in use.
 * @param endpoint where it is checked, as soon as that is known; left out: at the chosen one
 * @param reason why one has to be given, in a sentence
 * @returns undefined when none was stored
 */
export async function askForApiKey(
  services: Services,
  endpoint?: Promise<string>,
  reason?: string,
): Promise<EnteredKey | undefined> {
  const entered = await enterApiKey(services, endpoint, reason);
  return entered && (await store(services, entered.apiKey)) ? entered : undefined;
}

/** The same with a key that is on this machine already; another one is asked for where the gateway refuses it. */
export async function takeApiKey(
  services: Services,
  apiKey: string,
  endpoint: string,
): Promise<EnteredKey | undefined> {
  const checked = await checkFoundKey(services, apiKey, endpoint);
  return checked && (await store(services, checked.apiKey)) ? checked : undefined;
}

async function store(services: Services, apiKey: string): Promise<boolean> {
  try {
    if (!(await services.apiKeys.write(apiKey))) return sayFull();
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    return false;
  }
  services.log.info("API key stored");
  return true;
}
