import type { SecureContext } from "node:tls";
import * as vscode from "vscode";
import { type Network, networkTo } from "../../health/http/network";
import { systemTrust } from "../../health/http/systemTrust";

/** The settings that decide about the way. */
export const NETWORK_SETTINGS = [
  "http.proxySupport",
  "http.proxy",
  "http.noProxy",
  "http.systemCertificates",
];

let trust: SecureContext | undefined;

/**
 * The ways to an address as VS Code's settings and the environment are now.
 *
 * @param address may be no address at all: then nothing is asked, and any way will do
 */
export function networkFor(address: string): Network {
  if (!URL.canParse(address)) return { route: {} };
  const settings = {
    proxySupport: text("http.proxySupport"),
    proxy: text("http.proxy"),
    noProxy: texts("http.noProxy"),
  };
  // VS Code may wrap `fetch` only later, so it is looked up anew.
  const editorFetch: typeof fetch = (input, init) => globalThis.fetch(input, init);
  const wanted = userValue("http.systemCertificates") !== false;
  if (wanted) trust ??= systemTrust();
  return networkTo(new URL(address), settings, process.env, wanted ? trust : undefined, editorFetch);
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
