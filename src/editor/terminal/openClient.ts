import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import type { ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { showInformationMessage, showWarningMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { startInTerminal } from "./clientTerminal";

/** Opens a client in a terminal, in the folder that is open; what it would ask first is named before. */
export async function openClient(services: Services, id: ClientId): Promise<void> {
  const client = CLIENTS[id];
  // Clients take configuration from the folder that they are started in, and OpenCode runs plugins from there.
  if (!vscode.workspace.isTrusted) return askForTrust(client);
  const environment = services.environment();
  const state = await client.inspect(environment, settings.usableBaseUrl());
  const question = await client.terminal.firstQuestion(environment, state);
  if (question !== undefined && !(await agree(client, question))) return;
  await startInTerminal(services, client);
}

async function agree(client: Client, question: string): Promise<boolean> {
  const open = vscode.l10n.t("Open {0}", client.name);
  const message = vscode.l10n.t("{0} starts with a question", client.name);
  return (await showInformationMessage(message, { modal: true, detail: question }, open)) === open;
}

async function askForTrust(client: Client): Promise<void> {
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t(
    "{0} was not started, because it would read the configuration of a folder that you do not trust.",
    client.name,
  );
  if ((await showWarningMessage(message, manage)) === manage)
    await vscode.commands.executeCommand("workbench.trust.manage");
}
