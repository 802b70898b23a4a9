import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { showQuickPick } from "../messages/plainWindow";

/** Asks which client is meant. */
export async function pickClient(
  title: string,
  isOffered: (client: Client) => boolean = () => true,
): Promise<Client | undefined> {
  const clients = Object.values(CLIENTS).filter(isOffered);
  const items = clients.map((client) => ({ label: client.name, client }));
  const choice = await showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Choose a client"),
  });
  return choice?.client;
}
