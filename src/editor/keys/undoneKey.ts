import * as vscode from "vscode";
import { checkApiKey } from "../../gateway/apiKey";
import { Command } from "../../ids";
import { describeKeychainError } from "../connection";
import { showErrorMessage, showWarningMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { sayFull } from "./addApiKey";
import { clientsInUse } from "./clientKeys";

/** After a way back: a client may have a key again that is not the one in use, or not even stored any more. */
export async function tellOfUndoneKey(services: Services): Promise<void> {
  try {
    const keys = await services.apiKeys.list();
    const inUse = keys.find((key) => key.inUse)?.apiKey;
    const users = await clientsInUse(services);
    const [apart] = users.filter(({ apiKey }) => apiKey && apiKey !== inUse && checkApiKey(apiKey).valid);
    if (apart?.apiKey === undefined) return;
    const known = keys.find(({ apiKey }) => apiKey === apart.apiKey);
    if (known) {
      const change = vscode.l10n.t("Switch API Key…");
      const message = vscode.l10n.t(
        "{0} uses the API key {1} again, which is not the one in use here.",
        apart.client.name,
        known.name,
      );
      if ((await showWarningMessage(message, change)) === change)
        await vscode.commands.executeCommand(Command.selectApiKey);
      return;
    }
    const add = vscode.l10n.t("Add It Again");
    const message = vscode.l10n.t(
      "{0} uses an API key again that is no longer stored in VS Code.",
      apart.client.name,
    );
    if ((await showWarningMessage(message, add)) !== add) return;
    // Where none is in use, it is wanted for use.
    const isForUse = (await services.apiKeys.read()) === undefined;
    if (!(await services.apiKeys[isForUse ? "write" : "add"](apart.apiKey))) sayFull();
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
  }
}
