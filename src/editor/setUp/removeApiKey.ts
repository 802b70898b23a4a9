import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import { forgetKeys } from "../../changes/history/scrub/forgetKeys";
import { Refusal } from "../../changes/refusal";
import { Command } from "../../ids";
import { clientsAtTokenPool } from "../keys/clientKeys";
import { KeychainError } from "../keys/keychain";
import type { StoredKey } from "../keys/keyStore";
import { keyItem } from "../keys/neededKey";
import { describeKeychainError } from "../connection";
import {
  showErrorMessage,
  showInformationMessage,
  showQuickPick,
  showWarningMessage,
} from "../messages/plainWindow";
import type { Services } from "../services";
import { removeFromClients } from "../clientCommands/removeConfiguration";

/**
 * Takes a key out of the clients' files, if the user wants that, out of the backups, and last out of the
 * secret storage: while it is there, a removal that failed on the way can be repeated and goes on.
 * @param which undefined: the user is asked, where there are several
 */
export async function removeApiKey(services: Services, which?: StoredKey): Promise<void> {
  try {
    const keys = await services.apiKeys.list();
    if (keys.length === 0) {
      // An earlier version deleted the key first, and may have got no further.
      await forgetKeys(services.changes);
      void showInformationMessage(vscode.l10n.t("No API key is stored."));
      return;
    }
    const key = which ?? (await pickKey(keys));
    if (!key) return;
    const { apiKey } = key;
    const others = keys.filter((each) => each.apiKey !== apiKey);
    const configured = await clientsWith(services, key, others);
    const choice = await askHow(
      configured.map(({ name }) => name),
      others.length > 0 ? key.name : undefined,
    );
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
    // One may have been added meanwhile.
    const kept = (await services.apiKeys.all()).filter((each) => each !== apiKey);
    await forgetKeys(services.changes, apiKey, kept);
    await services.apiKeys.remove(apiKey);
    services.log.info("API key removed");
    void sayRemoved(key.inUse && others.length > 0);
  } catch (error) {
    void showErrorMessage(
      error instanceof KeychainError ? describeKeychainError(error) : describeFailure(error),
    );
  }
}

function describeFailure(error: unknown): string {
  const reason = error instanceof Refusal ? error.message : "";
  const message = vscode.l10n.t(
    "The API key was kept: it could not be removed from every backup. Run Remove API Key again. {0}",
    reason,
  );
  return message.trim();
}

async function pickKey(keys: readonly StoredKey[]): Promise<StoredKey | undefined> {
  if (keys.length === 1) return keys[0];
  const title = vscode.l10n.t("Remove API Key");
  const placeHolder = vscode.l10n.t("Choose the key to remove");
  return (await showQuickPick(keys.map(keyItem), { title, placeHolder }))?.key;
}

/** Those that use TokenPool with this key; of the key in use all that have none of the others, whatever they hold. */
async function clientsWith(services: Services, key: StoredKey, others: readonly StoredKey[]) {
  const users = await clientsAtTokenPool(services);
  const isOthers = (held: string | undefined) => others.some(({ apiKey }) => apiKey === held);
  return users
    .filter(({ apiKey }) => (key.inUse ? !isOthers(apiKey) : apiKey === key.apiKey))
    .map(({ client }) => client);
}

/** Which other one to use then, only the user decides. */
async function sayRemoved(isNoneInUse: boolean): Promise<void> {
  const message = vscode.l10n.t("The API key was removed from this machine's VS Code.");
  const change = vscode.l10n.t("Switch API Key…");
  if ((await showInformationMessage(message, ...(isNoneInUse ? [change] : []))) === change)
    await vscode.commands.executeCommand(Command.selectApiKey);
}

/** @param name left out where there is one key only */
async function askHow(
  clients: readonly string[],
  name: string | undefined,
): Promise<"key" | "everywhere" | undefined> {
  const keyOnly = vscode.l10n.t("Remove Key");
  const everywhere = vscode.l10n.t("Remove Key and Take It out of {0}", formatList(clients));
  const message =
    name === undefined
      ? vscode.l10n.t("Remove the TokenPool API key?")
      : vscode.l10n.t("Remove the TokenPool API key {0}?", name);
  const detail = vscode.l10n.t(
    "It is deleted from VS Code's secret storage and from the backups of changed files.",
  );
  const actions = clients.length > 0 ? [everywhere, keyOnly] : [keyOnly];
  const choice = await showWarningMessage(message, { modal: true, detail }, ...actions);
  if (choice === undefined) return undefined;
  return choice === everywhere ? "everywhere" : "key";
}
