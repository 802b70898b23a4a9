import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { programVersions } from "../../clients/machine/programVersions";
import { inspectClients } from "../../clients/registry";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { recommendedOrOther } from "../../health/probe/otherEndpoint";
import { Setting } from "../../ids";
import { type ChangeOutcome, showRefusal } from "../clientCommands/changeFlow";
import { askAfterChange, showChange, stoppedBy } from "../clientCommands/afterChange";
import { readProfile } from "../connection";
import { describeHealth } from "../../health/texts";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { presentClients } from "./presentClients";
import { proposeSetUp } from "./proposeSetUp";
import { measure } from "./selectEndpoint";
import { askForApiKey } from "./setApiKey";

/**
 * From nothing to working clients: the key, one preview with everything in it, a check. What can be found out is not
 * asked: an endpoint that answers, and the clients that are there. What is done already stays as it is.
 */
export async function setUp(services: Services): Promise<void> {
  const connection = await readProfile(services);
  const keyMissing = "refusal" in connection && connection.refusal.code === "key/missing";
  if ("refusal" in connection && !keyMissing) return showRefusal(connection.refusal);
  const leaving = new AbortController();
  // While the key is typed.
  const endpoint = findEndpoint(services, leaving.signal);
  const clients = findClients(services);
  clients.catch(() => undefined);
  const entered = keyMissing ? await askForApiKey(services, endpoint) : undefined;
  const apiKey = "profile" in connection ? connection.profile.apiKey : entered?.apiKey;
  if (apiKey === undefined) {
    leaving.abort();
    return;
  }
  const baseUrl = await endpoint;
  const isReplaced = baseUrl !== currentBaseUrl();
  const profile: ConnectionProfile = {
    baseUrl,
    route: await services.health.knownRoute(apiKey, baseUrl),
    apiKey,
    model: settings.model(),
    reviewModel: settings.reviewModel(),
  };
  // The key was checked there, and from now on the background checks ask there too.
  if (entered) await keep(profile);
  const wanted = { clients: await clients, profile };
  const { outcome, wanted: chosen } = await proposeSetUp(services, wanted, isReplaced);
  if (outcome.refusal) return showRefusal(outcome.refusal);
  if (outcome.outcome === "cancelled") return;
  await keep(chosen.profile);
  await checkAndReport(services, chosen.clients, outcome.entries);
}

/** An address that the user has set is never replaced. Both others are asked without the key. */
async function findEndpoint(services: Services, signal: AbortSignal): Promise<string> {
  const chosen = settings.baseUrl();
  if (settings.isBaseUrlChosen() && chosen.valid) return chosen.baseUrl;
  return recommendedOrOther((baseUrl) => measure(services, baseUrl, signal));
}

async function findClients(services: Services): Promise<Client[]> {
  const environment = services.environment();
  const states = await inspectClients(environment, currentBaseUrl());
  const clients = await presentClients(environment, Object.values(states));
  // Asked now, so that nobody waits for it before the preview.
  for (const { program } of clients) programVersions(environment, program).catch(() => undefined);
  return clients;
}

function currentBaseUrl(): string {
  const chosen = settings.baseUrl();
  return chosen.valid ? chosen.baseUrl : "";
}

/** Makes settings of what was chosen; those that say the same already are not touched. */
async function keep({ baseUrl, model, reviewModel }: ConnectionProfile): Promise<void> {
  const chosen: readonly [id: string, value: string, current: string][] = [
    [Setting.baseUrl, baseUrl, currentBaseUrl()],
    [Setting.model, model, settings.model()],
    [Setting.reviewModel, reviewModel, settings.reviewModel()],
  ];
  for (const [id, value, current] of chosen) {
    if (value === current) continue;
    await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
  }
}

async function checkAndReport(
  services: Services,
  clients: readonly Client[],
  entries: ChangeOutcome["entries"],
): Promise<void> {
  const ids = clients.map(({ id }) => id);
  const [report, { findings }] = await Promise.all([
    services.health.checkNow(),
    askAfterChange(services, ids, () => false, true, entries !== undefined),
  ]);
  const names = clients.map(({ name }) => name).join(", ");
  const done = vscode.l10n.t("TokenPool is set up for {0}.", names);
  if (!entries && !stoppedBy(findings)) {
    const right = vscode.l10n.t("Nothing had to be changed.");
    return void showInformationMessage(
      [done, right, report && describeHealth(report)].filter(Boolean).join(" "),
    );
  }
  const restart = vscode.l10n.t("Restart clients that are running.");
  const text = [done, report && describeHealth(report), restart].filter(Boolean).join(" ");
  await showChange(services, text, entries, findings, ids);
}
