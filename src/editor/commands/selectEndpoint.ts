import * as vscode from "vscode";
import type { ChangePlan } from "../../changes/changePlan";
import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/clients";
import { programVersions } from "../../clients/programVersions";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { ENDPOINTS } from "../../gateway/endpoints";
import { measureReachability, type Reachability } from "../../health/reachability";
import { Setting } from "../../ids";
import { runChanges, showRefusal } from "../changeFlow";
import { readProfile } from "../connection";
import { networkFor } from "../networkSettings";
import type { Services } from "../services";
import { settings } from "../settings";

interface EndpointItem extends vscode.QuickPickItem {
  readonly baseUrl: string;
}

/** Lets the user choose an endpoint and offers to rewrite the clients that are already configured. */
export async function selectEndpoint(services: Services): Promise<boolean> {
  const baseUrl = await pickEndpoint(vscode.l10n.t("Select Endpoint"));
  if (baseUrl === undefined) return false;
  const before = settings.baseUrl();
  // Who uses TokenPool is judged by the address before the change: it may have been the user's own.
  const configured = await configuredClients(services, before.valid ? before.baseUrl : baseUrl);
  await vscode.workspace
    .getConfiguration()
    .update(Setting.baseUrl, baseUrl, vscode.ConfigurationTarget.Global);
  const outdated = configured.filter(({ baseUrl: used }) => used === undefined || !used.startsWith(baseUrl));
  if (outdated.length > 0)
    await offerRewrite(
      services,
      outdated.map(({ client }) => client),
      baseUrl,
    );
  return true;
}

/** Both endpoints with their latency, which fills in while the list is open. @returns undefined when the user left */
export async function pickEndpoint(title: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<EndpointItem>();
  const leaving = new AbortController();
  const measured = new Map<string, Reachability>();
  const chosen = settings.baseUrl();
  const current = chosen.valid ? chosen.baseUrl : undefined;
  const addresses = [...new Set([...ENDPOINTS.map(({ baseUrl }) => baseUrl), ...(current ? [current] : [])])];
  const refresh = () => {
    const active = picker.activeItems[0]?.baseUrl ?? current;
    picker.items = addresses.map((baseUrl) => itemOf(baseUrl, baseUrl === current, measured.get(baseUrl)));
    picker.activeItems = picker.items.filter(({ baseUrl }) => baseUrl === active);
  };
  picker.title = title;
  picker.placeholder = vscode.l10n.t("Choose the address your clients talk to");
  picker.busy = true;
  refresh();
  const measuring = addresses.map(async (baseUrl) => {
    const result = await measureReachability(baseUrl, leaving.signal, networkFor(baseUrl).route);
    if (!result) return;
    measured.set(baseUrl, result);
    refresh();
  });
  void Promise.all(measuring).then(() => (picker.busy = false));
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.baseUrl);
      picker.hide();
    });
    picker.onDidHide(() => {
      leaving.abort();
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemOf(baseUrl: string, isCurrent: boolean, measured: Reachability | undefined): EndpointItem {
  const recommended = ENDPOINTS.some((endpoint) => endpoint.baseUrl === baseUrl && endpoint.recommended);
  const remarks = [
    recommended ? vscode.l10n.t("recommended") : undefined,
    isCurrent ? vscode.l10n.t("in use") : undefined,
  ];
  return {
    baseUrl,
    label: new URL(baseUrl).host,
    description: remarks.filter(Boolean).join(", "),
    detail: latency(measured),
    iconPath: new vscode.ThemeIcon(isCurrent ? "check" : "globe"),
  };
}

function latency(measured: Reachability | undefined): string {
  if (!measured) return vscode.l10n.t("measuring…");
  if (measured.totalMs === undefined) return vscode.l10n.t("not reachable ({0})", measured.code ?? "");
  return vscode.l10n.t("answers in {0} ms", measured.totalMs);
}

interface ConfiguredClient {
  readonly client: Client;
  readonly baseUrl: string | undefined;
}

async function configuredClients(services: Services, chosenBaseUrl: string): Promise<ConfiguredClient[]> {
  const found: ConfiguredClient[] = [];
  for (const client of Object.values(CLIENTS)) {
    const state = await client.inspect(services.environment(), chosenBaseUrl);
    if (state.usesTokenPool) found.push({ client, baseUrl: state.baseUrl });
  }
  return found;
}

async function offerRewrite(services: Services, clients: readonly Client[], baseUrl: string): Promise<void> {
  const names = clients.map(({ name }) => name).join(", ");
  const rewrite = vscode.l10n.t("Update {0}", names);
  const message = vscode.l10n.t("The endpoint is {0} now. {1} still uses the other one.", baseUrl, names);
  if ((await vscode.window.showInformationMessage(message, rewrite)) !== rewrite) return;
  const connection = await readProfile(services);
  if ("refusal" in connection) return showRefusal(connection.refusal);
  const { outcome, refusal } = await runChanges(
    services,
    await plansOf(services, clients, connection.profile),
    true,
  );
  if (refusal) return showRefusal(refusal);
  if (outcome !== "applied") return;
  const steps = clients.map((client) => client.nextStep());
  void vscode.window.showInformationMessage([vscode.l10n.t("The endpoint was updated."), ...steps].join(" "));
}

/** One plan for each client, so that each can be undone by itself. */
export async function plansOf(services: Services, clients: readonly Client[], profile: ConnectionProfile) {
  const environment = services.environment();
  const versions = await Promise.all(clients.map(({ program }) => programVersions(environment, program)));
  return (): Promise<ChangePlan[]> =>
    Promise.all(
      clients.map(async (client, index) => {
        const state = await client.inspect(environment, profile.baseUrl);
        return client.planConfiguration(state, profile, { mend: true, versions: versions[index] ?? [] });
      }),
    );
}
