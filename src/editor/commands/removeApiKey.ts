import * as vscode from "vscode";
import { scrubBackups } from "../../changes/backups";
import { withChangeLock } from "../../changes/changeLock";
import { CLIENTS } from "../../clients/clients";
import { describeKeychainError } from "../connection";
import { showErrorMessage, showInformationMessage, showWarningMessage } from "../plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { removeConfiguration } from "./removeConfiguration";

/** Deletes the key from the secret storage and the backups, and offers to take it out of the clients' files. */
export async function removeApiKey(services: Services): Promise<void> {
  try {
    const apiKey = await services.apiKeys.read();
    if (!apiKey) {
      void showInformationMessage(vscode.l10n.t("No API key is stored."));
      return;
    }
    const configured = await configuredClients(services);
    const choice = await askHow(configured.map(({ name }) => name));
    if (choice === undefined) return;
    // The clients first: their removal recognises what is ours by the stored key.
    for (const { id } of choice === "everywhere" ? configured : []) {
      if ((await removeConfiguration(services, id, true)).outcome === "cancelled") return;
    }
    await services.apiKeys.delete();
    await withChangeLock(services.changes, () => scrubBackups(services.changes, apiKey));
    services.log.info("API key removed");
    void showInformationMessage(vscode.l10n.t("The API key was removed from this machine's VS Code."));
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
  }
}

async function configuredClients(services: Services) {
  const address = settings.baseUrl();
  const baseUrl = address.valid ? address.baseUrl : "";
  const environment = services.environment();
  const states = await Promise.all(
    Object.values(CLIENTS).map((client) => client.inspect(environment, baseUrl)),
  );
  return states.filter(({ usesTokenPool }) => usesTokenPool).map(({ client }) => CLIENTS[client]);
}

async function askHow(clients: readonly string[]): Promise<"key" | "everywhere" | undefined> {
  const keyOnly = vscode.l10n.t("Remove Key");
  const everywhere = vscode.l10n.t("Remove Key and Take It out of {0}", clients.join(", "));
  const message = vscode.l10n.t("Remove the TokenPool API key?");
  const detail = vscode.l10n.t(
    "It is deleted from VS Code's secret storage and from the backups of changed files.",
  );
  const actions = clients.length > 0 ? [everywhere, keyOnly] : [keyOnly];
  const choice = await showWarningMessage(message, { modal: true, detail }, ...actions);
  if (choice === undefined) return undefined;
  return choice === everywhere ? "everywhere" : "key";
}
