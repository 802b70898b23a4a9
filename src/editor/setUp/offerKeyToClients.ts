import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import { Command } from "../../ids";
import { undoTogether } from "../clientCommands/restoreConfiguration";
import { describeHealth } from "../../health/texts";
import { clientsInUse, outdatedClients, writeKey } from "../keys/clientKeys";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";

/** After a new key was stored: says so and offers it to the clients that still hold another one. */
export async function offerKeyToClients(
  services: Services,
  apiKey: string,
  { report, findings }: EndpointResult,
): Promise<void> {
  const users = await clientsInUse(services);
  let outdated = await outdatedClients(services);
  if (users.every(({ client }) => client.ownsKeyFile)) {
    // Nobody else uses the key, and nothing but a file of ours is to be written.
    await writeKey(services, outdated, apiKey, false);
    outdated = [];
  }
  const stored = vscode.l10n.t("API key stored.");
  const quota = report.state === "noQuota" ? ` ${describeHealth(report, findings.usedUp)}` : "";
  if (outdated.length === 0) {
    const configure = vscode.l10n.t("Configure Codex");
    const choice = await showInformationMessage(stored + quota, configure);
    if (choice) await vscode.commands.executeCommand(Command.configureCodex);
    return;
  }
  const names = formatList(outdated.map(({ name }) => name));
  const message = vscode.l10n.t("Another key is still in use by {0}.", names);
  const write = vscode.l10n.t("Write the New Key");
  if (!(await showInformationMessage(`${stored}${quota} ${message}`, write))) return;
  await writeKeyInUse(services);
}

/** The message may be old: what counts are key and clients as they are now. */
async function writeKeyInUse(services: Services): Promise<void> {
  const apiKey = await services.apiKeys.read();
  if (apiKey === undefined) return;
  const outdated = await outdatedClients(services);
  const { entries } = await writeKey(services, outdated, apiKey, true);
  if (!entries) return;
  const names = formatList(outdated.map(({ name }) => name));
  const steps = outdated.map((client) => client.nextStep()).join(" ");
  const undo = vscode.l10n.t("Undo");
  const written = vscode.l10n.t("The new key was written for {0}. {1}", names, steps);
  if ((await showInformationMessage(written, undo)) === undo) await undoTogether(services, entries);
}
