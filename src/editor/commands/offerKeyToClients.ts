import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/clients";
import type { HealthReport } from "../../health/healthReport";
import { Command } from "../../ids";
import { runChange, showRefusal } from "../changeFlow";
import { describeHealth } from "../../health/texts";
import { showInformationMessage } from "../plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";

/** After a new key was stored: says so and offers it to the clients that still hold another one. */
export async function offerKeyToClients(
  services: Services,
  apiKey: string,
  report: HealthReport,
): Promise<void> {
  const differing = await clientsWithOtherKey(services, apiKey);
  for (const client of differing) if (client.ownsKeyFile) await updateKey(services, client, apiKey);
  const outdated = differing.filter(({ ownsKeyFile }) => !ownsKeyFile);
  const stored = vscode.l10n.t("API key stored.");
  const quota = report.state === "noQuota" ? ` ${describeHealth(report)}` : "";
  if (outdated.length === 0) {
    const configure = vscode.l10n.t("Configure Codex");
    const choice = await showInformationMessage(stored + quota, configure);
    if (choice) await vscode.commands.executeCommand(Command.configureCodex);
    return;
  }
  const names = outdated.map(({ name }) => name).join(", ");
  const message = vscode.l10n.t("{0} still uses another key.", names);
  const write = vscode.l10n.t("Write the New Key");
  if (!(await showInformationMessage(`${stored}${quota} ${message}`, write))) return;
  for (const client of outdated) await updateKey(services, client, apiKey);
}

async function clientsWithOtherKey(services: Services, apiKey: string): Promise<Client[]> {
  const address = settings.baseUrl();
  if (!address.valid) return [];
  const outdated: Client[] = [];
  for (const client of Object.values(CLIENTS)) {
    const state = await client.inspect(services.environment(), address.baseUrl);
    if (state.usesTokenPool && state.apiKey !== apiKey) outdated.push(client);
  }
  return outdated;
}

async function updateKey(services: Services, client: Client, apiKey: string): Promise<void> {
  const address = settings.baseUrl();
  const baseUrl = address.valid ? address.baseUrl : "";
  const makePlan = async () =>
    client.planKeyUpdate(await client.inspect(services.environment(), baseUrl), apiKey);
  const { outcome, refusal } = await runChange(services, makePlan, !client.ownsKeyFile);
  if (refusal) await showRefusal(refusal);
  if (outcome !== "applied" || client.ownsKeyFile) return;
  void showInformationMessage(vscode.l10n.t("{0} has the new key. {1}", client.name, client.nextStep()));
}
