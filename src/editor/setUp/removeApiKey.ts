import * as vscode from "vscode";
import { forgetKeys } from "../../changes/history/scrub/forgetKeys";
import { Refusal } from "../../changes/refusal";
import { CLIENTS } from "../../clients/registry";
import { KeychainError } from "../keys/keychain";
import { describeKeychainError } from "../connection";
import { showErrorMessage, showInformationMessage, showWarningMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { removeFromClients } from "../clientCommands/removeConfiguration";

/**
 * Takes the key out of the clients' files, if the user wants that, out of the backups, and last out of the
 * secret storage: while it is there, a removal that failed on the way can be repeated and goes on.
 */
export async function removeApiKey(services: Services): Promise<void> {
  try {
    const apiKey = await services.apiKeys.read();
    if (!apiKey) {
      // An earlier version deleted the key first, and may have got no further.
      await forgetKeys(services.changes);
      void showInformationMessage(vscode.l10n.t("No API key is stored."));
      return;
    }
    const configured = await configuredClients(services);
    const choice = await askHow(configured.map(({ name }) => name));
    if (choice === undefined) return;
    // The clients first: their removal recognises what is ours by the stored key, and leaves backups.
    if (choice === "everywhere") {
      const outcome = await removeFromClients(services, configured);
      if (outcome === "refused") {
        // Why is said by the change itself; that the key is still there, nobody could see.
        const message = vscode.l10n.t(
          "The API key was kept, because the clients' files could not be changed.",
        );
        void showWarningMessage(message);
      }
      if (outcome === "cancelled" || outcome === "refused") return;
    }
    await forgetKeys(services.changes, apiKey);
    await services.apiKeys.remove(apiKey);
    services.log.info("API key removed");
    void showInformationMessage(vscode.l10n.t("The API key was removed from this machine's VS Code."));
  } catch (error) {
    void showErrorMessage(
      error instanceof KeychainError ? describeKeychainError(error) : describeFailure(error),
    );
  }
}

function describeFailure(error: unknown): string {
  const reason = error instanceof Refusal ? error.message : "";
  return vscode.l10n.t(
    "The API key was kept: it could not be removed from every backup. Run Remove API Key again. {0}",
    reason,
  );
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
