import * as vscode from "vscode";
import type { ClientEnvironment } from "../../clients/client";
import { type Network, oneWay } from "../../health/http/network";

/** The settings that decide about the way. */
export const NETWORK_SETTINGS = ["http.proxySupport", "http.proxy", "http.noProxy"];

/**
 * The ways to an address as the environment, the clients' files and VS Code's settings are now.
 *
 * @param address may be no address at all: then nothing is asked, and any way will do
 */
export async function networkFor(environment: ClientEnvironment, address: string): Promise<Network> {
  if (!URL.canParse(address)) return oneWay({});
  const settings = {
    proxySupport: text("http.proxySupport"),
    proxy: text("http.proxy"),
    noProxy: texts("http.noProxy"),
  };
  // VS Code may wrap `fetch` only later, so it is looked up anew.
  const editorFetch: typeof fetch = (input, init) => globalThis.fetch(input, init);
  const { networkOf } = await import("./networkOf");
  return networkOf(environment, new URL(address), { settings, fetch: editorFetch });
}

function text(id: string): string {
  const value = userValue(id);
  return typeof value === "string" ? value : "";
}

function texts(id: string): string[] {
  const value = userValue(id);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** A workspace must not send the key through a proxy of its choice, so its values do not count. */
function userValue(id: string): unknown {
  const values = vscode.workspace.getConfiguration().inspect(id);
  return values?.globalValue ?? values?.defaultValue;
}
