import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import { forgetKeys } from "../../changes/history/scrub/forgetKeys";
import { CLIENTS } from "../../clients/registry";
import { findOldKey, type OldKeyPlace } from "../../doctor/problems/secrets/oldKeyPlaces";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import { describeKeychainError } from "../connection";
import { outdatedClients, writeKey } from "../keys/clientKeys";
import { showErrorMessage, showWarningMessage, withProgress } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { askForApiKey } from "./setApiKey";
import { showOldKeyPlaces } from "./showOldKeyPlaces";

/**
 * Replaces a key that leaked or is old: a new one from the console, in all clients with one preview; the old one goes
 * out of the backups, and the user sees where else it is.
 */
export async function replaceApiKey(services: Services): Promise<void> {
  try {
    const oldKey = await services.apiKeys.read();
    // Searched while it is the stored key, which is what the guard looks for.
    if (oldKey) await searching(() => services.secretGuard.searchCommits());
    const inGit = services.secretGuard.places;
    void vscode.env.openExternal(vscode.Uri.parse(API_KEYS_CONSOLE_URL));
    const stored = await askForApiKey(services);
    if (!stored) return;
    if (stored.apiKey === oldKey) {
      const message = vscode.l10n.t(
        "This is the key that is in use already. Create a new one in the console.",
      );
      return void showWarningMessage(message);
    }
    if (!(await writeToClients(services, stored.apiKey)) || !oldKey) return;
    await forgetOldKey(services, oldKey);
    const places = await searching(() => placesOf(services, inGit, oldKey));
    await showOldKeyPlaces(places, services.environment());
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
  }
}

/** Asked here, for the old key is stored no more: the command, run again, would not know it. */
async function forgetOldKey(services: Services, oldKey: string): Promise<void> {
  const again = vscode.l10n.t("Try Again");
  for (;;) {
    const kept = await services.apiKeys.all();
    try {
      await forgetKeys(services.changes, oldKey, kept);
      return;
    } catch (error) {
      services.log.error(error instanceof Error ? error : String(error));
      const message = vscode.l10n.t("The old key could not be removed from every backup.");
      if ((await showErrorMessage(message, again)) !== again) return;
    }
  }
}

/** @returns false where a client still has another key: then nothing of the old one may go, and the findings say so */
async function writeToClients(services: Services, apiKey: string): Promise<boolean> {
  const clients = await outdatedClients(services);
  if (clients.length === 0) return true;
  if ((await writeKey(services, clients, apiKey, true)).entries) return true;
  const names = formatList(clients.map(({ name }) => name));
  const message = vscode.l10n.t("The new key is stored. These clients still have the old one: {0}.", names);
  void showWarningMessage(message);
  return false;
}

async function placesOf(
  services: Services,
  inGit: Services["secretGuard"]["places"],
  oldKey: string,
): Promise<OldKeyPlace[]> {
  const environment = services.environment();
  const baseUrl = settings.usableBaseUrl();
  const states = await Promise.all(
    Object.values(CLIENTS).map((client) => client.inspect(environment, baseUrl)),
  );
  return findOldKey(environment, states, inGit, oldKey, await services.apiKeys.all());
}

function searching<T>(search: () => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t("Looking for the old key…");
  return withProgress({ location: vscode.ProgressLocation.Notification, title }, search);
}
