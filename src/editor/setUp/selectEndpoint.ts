import * as vscode from "vscode";
import { KNOWLEDGE } from "../../doctor/problems/knowledge";
import { checkBaseUrl, ENDPOINTS } from "../../gateway/endpoints";
import type { Reachability } from "../../health/probe/reachability";
import { Setting } from "../../ids";
import { networkFor } from "../machine/networkSettings";
import { createQuickPick } from "../messages/plainWindow";
import { configuredClients, offerRewrite } from "./rewriteClients";
import type { Services } from "../services";
import { settings } from "../settings";

interface EndpointItem extends vscode.QuickPickItem {
  readonly baseUrl: string;
}

/** Lets the user choose an endpoint and offers to rewrite the clients that are already configured. */
export async function selectEndpoint(services: Services): Promise<boolean> {
  const chosen = settings.baseUrl();
  const current = chosen.valid ? chosen.baseUrl : undefined;
  const baseUrl = await pickEndpoint(services, vscode.l10n.t("Select Endpoint"), current);
  if (baseUrl === undefined) return false;
  await switchEndpoint(services, baseUrl);
  return true;
}

/** Stores the endpoint and offers to rewrite the clients that are configured for the old one. */
export async function switchEndpoint(services: Services, baseUrl: string): Promise<void> {
  const before = settings.baseUrl();
  // Who uses TokenPool is judged by the address before the change: it may have been the user's own.
  const configured = await configuredClients(services, before.valid ? before.baseUrl : baseUrl);
  await vscode.workspace
    .getConfiguration()
    .update(Setting.baseUrl, baseUrl, vscode.ConfigurationTarget.Global);
  const outdated = configured.filter(({ baseUrl: used }) => {
    const address = checkBaseUrl(used ?? "");
    return !address.valid || address.baseUrl !== baseUrl;
  });
  await offerRewrite(services, outdated, vscode.l10n.t("The endpoint is {0} now.", baseUrl));
}

/** How an endpoint answers without the key, on the way that the clients take. @returns undefined when `signal` was aborted */
export async function measure(
  services: Services,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Reachability | undefined> {
  const { ways } = await networkFor(services.environment(), baseUrl);
  const { measureReachability } = await import("../../health/probe/reachability");
  return measureReachability(baseUrl, signal, ways[0].route);
}

/**
 * Both endpoints and the current one with their latency, which fills in while the list is open.
 * @returns undefined when the user left
 */
export async function pickEndpoint(
  services: Services,
  title: string,
  current: string | undefined,
): Promise<string | undefined> {
  const picker = createQuickPick<EndpointItem>();
  const leaving = new AbortController();
  const measured = new Map<string, Reachability>();
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
    const result = await measure(services, baseUrl, leaving.signal);
    if (!result) return;
    measured.set(baseUrl, result);
    refresh();
  });
  void Promise.allSettled(measuring).then(() => (picker.busy = false));
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
    description: remarks.filter(Boolean).join(" · "),
    detail: latency(measured),
    iconPath: new vscode.ThemeIcon(isCurrent ? "check" : "globe"),
  };
}

function latency(measured: Reachability | undefined): string {
  if (!measured) return vscode.l10n.t("measuring…");
  if (measured.totalMs === undefined)
    return KNOWLEDGE[measured.code ?? ""]?.title() ?? vscode.l10n.t("not reachable");
  return vscode.l10n.t("answers in {0} ms", measured.totalMs);
}
