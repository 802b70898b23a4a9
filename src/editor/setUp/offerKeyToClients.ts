import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import { Command } from "../../ids";
import { type ChangeOutcome, runChanges, showRefusal } from "../clientCommands/changeFlow";
import { undoTogether } from "../clientCommands/restoreConfiguration";
import { describeHealth } from "../../health/texts";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";

/** After a new key was stored: says so and offers it to the clients that still hold another one. */
export async function offerKeyToClients(
  services: Services,
  apiKey: string,
  { report, findings }: EndpointResult,
): Promise<void> {
  const users = await clientsInUse(services);
  let outdated = users.filter((user) => user.apiKey !== apiKey).map(({ client }) => client);
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
  const names = outdated.map(({ name }) => name).join(", ");
  const message = vscode.l10n.t("Another key is still in use by {0}.", names);
  const write = vscode.l10n.t("Write the New Key");
  if (!(await showInformationMessage(`${stored}${quota} ${message}`, write))) return;
  const entries = await writeKey(services, outdated, apiKey, true);
  if (!entries) return;
  const steps = outdated.map((client) => client.nextStep()).join(" ");
  const undo = vscode.l10n.t("Undo");
  const written = vscode.l10n.t("The new key was written for {0}. {1}", names, steps);
  if ((await showInformationMessage(written, undo)) === undo) await undoTogether(services, entries);
}

interface ClientInUse {
  readonly client: Client;
  readonly apiKey: string | undefined;
}

/** The clients that use TokenPool, and the key that each of them holds. */
export async function clientsInUse(services: Services): Promise<ClientInUse[]> {
  const address = settings.baseUrl();
  if (!address.valid) return [];
  const found: ClientInUse[] = [];
  for (const client of Object.values(CLIENTS)) {
    const { usesTokenPool, apiKey } = await client.inspect(services.environment(), address.baseUrl);
    if (usesTokenPool) found.push({ client, apiKey });
  }
  return found;
}

/**
 * A new key for several clients is one change: half of them with the old one would be a fault to search for.
 * @returns what was written; undefined: nothing
 */
export async function writeKey(
  services: Services,
  clients: readonly Client[],
  apiKey: string,
  confirm: boolean,
): Promise<ChangeOutcome["entries"]> {
  const address = settings.baseUrl();
  const baseUrl = address.valid ? address.baseUrl : "";
  const makePlans = () =>
    Promise.all(
      clients.map(async (client) =>
        client.planKeyUpdate(await client.inspect(services.environment(), baseUrl), apiKey),
      ),
    );
  const { refusal, entries } = await runChanges(services, makePlans, confirm);
  if (refusal) await showRefusal(refusal);
  return entries;
}
