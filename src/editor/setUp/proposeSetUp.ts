import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { programVersions } from "../../clients/machine/programVersions";
import { prepareChanges } from "../../changes/prepare";
import { Setting } from "../../ids";
import { type ChangeOutcome, type OtherWay, refusalResult } from "../clientCommands/changeFlow";
import type { RefusalResult } from "../clientCommands/configureResult";
import { configureAsWanted, plansOf, type WantedConfiguration } from "../clientCommands/wantedConfiguration";
import { movingUntilShown, showQuickPick, showWarningMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { pickEndpoint } from "./selectEndpoint";
import { chooseModel } from "./selectModel";

/** Shows what is asked for, and asks for it again with something changed. */
type Propose = (wanted: WantedConfiguration) => Promise<ChangeOutcome>;

/**
 * One preview for all clients. Change… leads to the endpoint, the clients and the model, and from there to the next
 * preview.
 * @param isReplaced the recommended endpoint did not answer, so this is the other one
 * @returns what was wanted in the last one too
 */
export async function proposeSetUp(
  services: Services,
  first: WantedConfiguration,
  isReplaced: boolean,
): Promise<{ readonly outcome: ChangeOutcome; readonly wanted: WantedConfiguration }> {
  let wanted = first;
  const propose: Propose = (next) => movingUntilShown(() => proposeNext(next));
  const proposeNext: Propose = async (next) => {
    const { possible, remarks, refusal } = await possiblePart(services, next);
    wanted = possible;
    if (refusal && possible.clients.length === 0) return { outcome: "refused", files: [], refusal };
    const { baseUrl } = first.profile;
    const isOther = isReplaced && possible.profile.baseUrl === baseUrl;
    const all = isOther ? [otherTaken(baseUrl), ...remarks] : remarks;
    return configureAsWanted(services, possible, true, (now) => waysOf(services, now, all, propose));
  };
  return { outcome: await propose(first), wanted };
}

function otherTaken(baseUrl: string): string {
  return vscode.l10n.t("The recommended endpoint does not answer from here, so {0} is used.", baseUrl);
}

/** A file that cannot be changed keeps no other client from being set up; what is left out is said. */
async function possiblePart(services: Services, wanted: WantedConfiguration) {
  const looks = await Promise.all(wanted.clients.map((client) => lookAt(services, wanted, client)));
  const blocked = looks.flatMap(({ client, refusal }) => (refusal ? [{ client, refusal }] : []));
  const leftOut = blocked.map(({ client, refusal }) =>
    vscode.l10n.t("{0} is left out: {1}", client.name, describe(refusal)),
  );
  const clients = looks.filter(({ refusal }) => !refusal).map(({ client }) => client);
  const remarks = [...leftOut, ...looks.flatMap(({ remark }) => remark ?? [])];
  return { possible: { ...wanted, clients }, remarks, refusal: blocked[0]?.refusal };
}

function describe({ message, path, line }: RefusalResult): string {
  if (path === undefined || message.includes(path)) return message;
  return line === undefined ? `${path}: ${message}` : `${path}:${line + 1}: ${message}`;
}

interface Looked {
  readonly client: Client;
  readonly refusal?: RefusalResult;
  readonly remark?: string;
}

async function lookAt(services: Services, wanted: WantedConfiguration, client: Client): Promise<Looked> {
  const state = await client.inspect(services.environment(), wanted.profile.baseUrl);
  const { missingDirectory, missingReason } = state;
  if (missingReason !== undefined)
    return { client, refusal: { code: `${client.id}/home-missing`, message: missingReason } };
  try {
    const makePlans = await plansOf(services, { ...wanted, clients: [client] });
    await prepareChanges(services.changes.fs, await makePlans());
  } catch (error) {
    return { client, refusal: refusalResult(error) };
  }
  if (missingDirectory === undefined) return { client };
  return { client, remark: vscode.l10n.t("{0} does not exist yet and is created.", missingDirectory) };
}

function waysOf(
  services: Services,
  now: WantedConfiguration,
  remarks: readonly string[],
  propose: Propose,
): OtherWay[] {
  const { clients, profile } = now;
  const { host } = new URL(profile.baseUrl);
  const names = formatList(clients.map(({ name }) => name));
  const notice = vscode.l10n.t("Change… offers another endpoint, other clients and other models.");
  return [
    {
      label: vscode.l10n.t("Endpoint…"),
      description: host,
      notice: [...remarks, notice].join("\n"),
      take: async () => {
        const title = vscode.l10n.t("Set Up TokenPool: Endpoint");
        const baseUrl = (await pickEndpoint(services, title, profile.baseUrl)) ?? profile.baseUrl;
        const route = await services.health.knownRoute(profile.apiKey, baseUrl);
        return propose({ ...now, profile: { ...profile, baseUrl, route } });
      },
    },
    {
      label: vscode.l10n.t("Clients…"),
      description: names,
      take: async () => propose({ ...now, clients: await pickClients(services, now) }),
    },
    {
      label: vscode.l10n.t("Models…"),
      description: formatList([...new Set([profile.model, profile.reviewModel])]),
      take: async () => propose({ ...now, profile: { ...profile, ...(await pickModels(services, now)) } }),
    },
  ];
}

interface ClientItem extends vscode.QuickPickItem {
  readonly client: Client;
}

/** @returns those of before when the user left or chose none */
async function pickClients(services: Services, now: WantedConfiguration): Promise<readonly Client[]> {
  const items = Object.values(CLIENTS).map((client) => itemOf(services, client, now));
  const chosen = await showQuickPick(Promise.all(items), {
    title: vscode.l10n.t("Set Up TokenPool: Clients"),
    placeHolder: vscode.l10n.t("Choose the clients to configure"),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ client }) => client) : now.clients;
}

async function itemOf(
  services: Services,
  client: Client,
  { clients, profile }: WantedConfiguration,
): Promise<ClientItem> {
  const environment = services.environment();
  const [versions, { usesTokenPool, files }] = await Promise.all([
    programVersions(environment, client.program),
    client.inspect(environment, profile.baseUrl),
  ]);
  return {
    client,
    label: client.name,
    description: formatList(versions),
    detail: usesTokenPool ? vscode.l10n.t("uses TokenPool already") : (files[0] ?? ""),
    picked: clients.includes(client),
  };
}

async function pickModels(services: Services, { profile }: WantedConfiguration) {
  const asking = new AbortController();
  const offering = services.health
    .probeKey(profile.apiKey, asking.signal, profile.baseUrl)
    .then((checked) => checked?.findings.models);
  const current = { [Setting.model]: profile.model, [Setting.reviewModel]: profile.reviewModel };
  const chosen = await chooseModel(offering, current);
  asking.abort();
  if (chosen === "noList") {
    void showWarningMessage(
      vscode.l10n.t("The gateway gave no list of models, so there is nothing to choose from."),
    );
    return {};
  }
  if (!chosen) return {};
  return chosen.setting === Setting.model ? { model: chosen.model } : { reviewModel: chosen.model };
}
