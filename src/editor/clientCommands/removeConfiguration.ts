import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import { readOriginalValues } from "../../changes/history/before";
import type { Client } from "../../clients/client";
import type { ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { type ChangeOutcome, resultOf, runChange, runChanges, showRefusal } from "./changeFlow";
import { pickClient } from "./clientPicker";
import type { ConfigureResult } from "./configureResult";
import { undoTogether } from "./restoreConfiguration";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";

/** Takes out of a client's files exactly what is ours, whatever happened since. */
export async function removeConfiguration(
  services: Services,
  id: ClientId | undefined,
  confirm: boolean,
): Promise<ConfigureResult> {
  const client = id
    ? CLIENTS[id]
    : confirm
      ? await pickClient(vscode.l10n.t("Remove TokenPool from…"))
      : undefined;
  if (!client) return { outcome: "cancelled", files: [], findings: [] };
  const outcome = await runChange(services, await removalOf(services, client), confirm);
  if (confirm) void showResult(services, [client], outcome);
  return { client: client.id, ...resultOf(outcome), findings: [] };
}

/** Out of several clients in one preview, all or none, before the key itself goes. Shows the outcome. */
export async function removeFromClients(
  services: Services,
  clients: readonly Client[],
): Promise<ChangeOutcome["outcome"]> {
  const removals = await Promise.all(clients.map((client) => removalOf(services, client)));
  const notice = vscode.l10n.t("An undo does not bring the API key back.");
  const makePlans = async () => {
    const plans = await Promise.all(removals.map((makePlan) => makePlan()));
    return plans.map((plan) => ({ ...plan, notices: [...plan.notices, notice] }));
  };
  const outcome = await runChanges(services, makePlans, true);
  void showResult(services, clients, outcome);
  return outcome.outcome;
}

async function removalOf(services: Services, client: Client) {
  const baseUrl = settings.usableBaseUrl();
  const apiKeys = await services.apiKeys.all();
  return async () => {
    const state = await client.inspect(services.environment(), baseUrl);
    const journal = await readOriginalValues(services.changes);
    return client.planRemoval(state, (file, path, current) => {
      // A key that was written by hand is ours as well.
      const byHand = apiKeys.some((apiKey) => apiKey === current) ? "absent" : undefined;
      return journal(file, path, current) ?? byHand;
    });
  };
}

async function showResult(
  services: Services,
  clients: readonly Client[],
  { outcome, refusal, entries }: ChangeOutcome,
): Promise<void> {
  const names = formatList(clients.map(({ name }) => name));
  if (refusal) await showRefusal(refusal);
  else if (outcome === "applied") {
    const undo = vscode.l10n.t("Undo");
    const message = vscode.l10n.t("TokenPool was removed from {0}. Restart clients that are running.", names);
    if ((await showInformationMessage(message, undo)) === undo) await undoTogether(services, entries);
  } else if (outcome === "unchanged") {
    const message = vscode.l10n.t("Nothing of TokenPool was found in {0}. Nothing was changed.", names);
    void showInformationMessage(message);
  }
}
