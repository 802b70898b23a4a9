import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { Client } from "../../clients/client";
import { programVersions } from "../../clients/machine/programVersions";
import { inspectClients } from "../../clients/registry";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { recommendedOrOther } from "../../health/probe/otherEndpoint";
import { Setting } from "../../ids";
import { type ChangeOutcome, showRefusal } from "../clientCommands/changeFlow";
import { askAfterChange, showChange } from "../clientCommands/afterChange";
import { describeHealth } from "../../health/texts";
import { showErrorMessage, showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { settings } from "../settings";
import { presentClients } from "./presentClients";
import { proposeSetUp } from "./proposeSetUp";
import { measure } from "./selectEndpoint";
import { findKey } from "./setUpKey";

/**
 * From nothing to working clients: the key, one preview with everything in it, a check. What can be found out is not
 * asked: an endpoint that answers, and the clients that are there. What is done already stays as it is.
 */
export async function setUp(services: Services): Promise<void> {
  const before = settings.baseUrl();
  if (!before.valid) return void showRefusal(before);
  const leaving = new AbortController();
  let endpoint: Promise<string> | undefined;
  const lookForEndpoint = () => (endpoint ??= findEndpoint(services, leaving.signal));
  // While the key is typed.
  const present = findClients(services);
  present.catch(() => undefined);
  const key = await findKey(services, lookForEndpoint);
  if (!key) {
    leaving.abort();
    return;
  }
  const { apiKey, isNew, senders, owners } = key;
  // Asked again: it may have been set meanwhile, and a client may send its key to the other endpoint.
  const address = settings.baseUrl();
  if (!address.valid) return void showRefusal(address);
  const found = settings.isBaseUrlChosen() ? address.baseUrl : key.baseUrl;
  const baseUrl = found ?? (await lookForEndpoint());
  const isReplaced = found === undefined && baseUrl !== address.baseUrl;
  const profile: ConnectionProfile = {
    baseUrl,
    route: await services.health.knownRoute(apiKey, baseUrl),
    apiKey,
    model: settings.model(),
    reviewModel: settings.reviewModel(),
  };
  // The key was checked there, and from now on the background checks ask there too.
  if (isNew) await keep(profile);
  const clients = (await present).filter((client) => !senders.includes(client));
  // A key that was just chosen is for all of them.
  const keptKeys = isNew ? [] : await services.apiKeys.all();
  const { outcome, wanted } = await proposeSetUp(services, { clients, profile, keptKeys }, isReplaced);
  if (outcome.refusal) return void showRefusal(outcome.refusal);
  if (outcome.outcome === "cancelled") return;
  // The files are written by then: that, and the way back, is told in any case.
  await keep(wanted.profile).catch((error: unknown) => {
    services.log.error(error instanceof Error ? error : String(error));
    void showErrorMessage(error instanceof Error ? error.message : String(error));
  });
  const done = [...new Set([...owners, ...wanted.clients])];
  const others = senders.filter((client) => !done.includes(client));
  await checkAndReport(services, done, others, outcome.entries);
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

/** @param others clients that send another key to TokenPool, and go on with it */
async function checkAndReport(
  services: Services,
  clients: readonly Client[],
  others: readonly Client[],
  entries: ChangeOutcome["entries"],
): Promise<void> {
  const ids = clients.map(({ id }) => id);
  const [report, { stop }] = await Promise.all([
    services.health.checkNow(),
    askAfterChange(services, ids, () => false, true, entries !== undefined),
  ]);
  const isUnchanged = !entries && !stop;
  const text = [
    vscode.l10n.t("TokenPool is set up for {0}.", namesOf(clients)),
    isUnchanged && vscode.l10n.t("Nothing had to be changed."),
    others.length > 0 && vscode.l10n.t("{0} keeps its own key.", namesOf(others)),
    report && describeHealth(report),
    !isUnchanged && vscode.l10n.t("Restart clients that are running."),
  ]
    .filter(Boolean)
    .join(" ");
  if (isUnchanged) void showInformationMessage(text);
  else void showChange(services, text, entries, stop, ids);
}

function namesOf(clients: readonly Client[]): string {
  return formatList(clients.map(({ name }) => name));
}
