import * as vscode from "vscode";
import type { Client, ClientState } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { programVersions } from "../../clients/machine/programVersions";
import { Command, Setting } from "../../ids";
import { type ChangeOutcome, runChanges, showRefusal } from "../clientCommands/changeFlow";
import { askAfterChange, stoppedBy } from "../clientCommands/afterChange";
import { undoTogether } from "../clientCommands/restoreConfiguration";
import { readProfile } from "../connection";
import { describeHealth } from "../../health/texts";
import { showInformationMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { askForApiKey } from "./setApiKey";
import { plansOf } from "../clientCommands/rewriteClients";
import { pickEndpoint } from "./selectEndpoint";

/** From nothing to working: key, endpoint, clients, one preview, check. What is done already is not asked again. */
export async function setUp(services: Services): Promise<void> {
  const connection = await readProfile(services);
  const keyMissing = "refusal" in connection && connection.refusal.code === "key/missing";
  if (keyMissing && !(await askForApiKey(services))) return;
  if (!isEndpointChosen() && !(await chooseEndpoint(services))) return;

  const ready = await readProfile(services);
  if ("refusal" in ready) return showRefusal(ready.refusal);
  const clients = await pickClients(services, ready.profile.baseUrl);
  if (!clients) return;
  const plans = await plansOf(services, clients, ready.profile);
  const { outcome, refusal, entries } = await runChanges(services, plans, true);
  if (refusal) return showRefusal(refusal);
  if (outcome !== "cancelled") await checkAndReport(services, clients, entries);
}

/** The user has set the address, here or by hand; the default was never chosen. */
function isEndpointChosen(): boolean {
  const inspected = vscode.workspace.getConfiguration().inspect(Setting.baseUrl);
  return inspected?.globalValue !== undefined;
}

async function chooseEndpoint(services: Services): Promise<boolean> {
  const baseUrl = await pickEndpoint(services, vscode.l10n.t("Set Up TokenPool: Endpoint"));
  if (baseUrl === undefined) return false;
  await vscode.workspace
    .getConfiguration()
    .update(Setting.baseUrl, baseUrl, vscode.ConfigurationTarget.Global);
  return true;
}

interface ClientItem extends vscode.QuickPickItem {
  readonly client: Client;
}

/** The installed ones are ticked. @returns undefined when the user left or chose none */
async function pickClients(services: Services, baseUrl: string): Promise<Client[] | undefined> {
  const items = await Promise.all(Object.values(CLIENTS).map((client) => itemOf(services, client, baseUrl)));
  const chosen = await showQuickPick(items, {
    title: vscode.l10n.t("Set Up TokenPool: Clients"),
    placeHolder: vscode.l10n.t("Choose the clients to configure"),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ client }) => client) : undefined;
}

async function itemOf(services: Services, client: Client, baseUrl: string): Promise<ClientItem> {
  const environment = services.environment();
  const [versions, state] = await Promise.all([
    programVersions(environment, client.program),
    client.inspect(environment, baseUrl),
  ]);
  return {
    client,
    label: client.name,
    description: versions.length > 0 ? versions.join(", ") : vscode.l10n.t("not found on this machine"),
    detail: describeState(state),
    picked: versions.length > 0,
  };
}

function describeState({ usesTokenPool, files }: ClientState): string {
  return usesTokenPool ? vscode.l10n.t("uses TokenPool already") : (files[0] ?? "");
}

async function checkAndReport(
  services: Services,
  clients: readonly Client[],
  entries: ChangeOutcome["entries"],
): Promise<void> {
  const ids = clients.map(({ id }) => id);
  const [report, { findings }] = await Promise.all([
    services.health.checkNow(),
    askAfterChange(services, ids, () => false, true),
  ]);
  const names = clients.map(({ name }) => name).join(", ");
  const sentences = [
    vscode.l10n.t("TokenPool is set up for {0}.", names),
    stoppedBy(findings)?.message ?? "",
    report ? describeHealth(report) : "",
    ...clients.map((client) => client.nextStep()),
  ];
  const test = vscode.l10n.t("Send a Test Request");
  const undo = vscode.l10n.t("Undo");
  const buttons = entries ? [test, undo] : [test];
  const choice = await showInformationMessage(sentences.filter(Boolean).join(" "), ...buttons);
  if (choice === undo) await undoTogether(services, entries);
  if (choice === test) await vscode.commands.executeCommand(Command.sendTestRequest);
}
