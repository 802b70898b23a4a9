import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { showQuickPick } from "../messages/plainWindow";

/** Asks which client is meant. */
export async function pickClient(title: string): Promise<Client | undefined> {
  const items = Object.values(CLIENTS).map((client) => ({ label: client.name, client }));
  const choice = await showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Choose a client"),
  });
  return choice?.client;
}
