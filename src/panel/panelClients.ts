import * as l10n from "@vscode/l10n";
import { formatList } from "../gateway/formats";
import type { ClientState } from "../clients/client";
import { CLIENTS } from "../clients/registry";
import { describeOverride, type Override, overridesOf } from "../doctor/snapshot/overrides";
import { type Snapshot, statesIn } from "../doctor/snapshot/snapshot";
import { hostOf, isAtTokenPool, wantsTokenPool } from "../doctor/snapshot/ourAddress";
import { panelAction } from "./actionLabels";
import type { AddFile } from "./filePlace";
import { shortPath } from "../doctor/redact";
import type { PanelClient } from "./panelModel";

/** Each client: where it looks, whom it uses, what is in its way. */
export function panelClients(snapshot: Snapshot, addFile: AddFile, homeDirectory: string): PanelClient[] {
  const overrides = overridesOf(snapshot);
  const short = (path: string) => shortPath(path, homeDirectory);
  return statesIn(snapshot).map((state) => ({
    id: state.client,
    name: CLIENTS[state.client].name,
    ...useOf(snapshot, state),
    version: versionText(snapshot.versions[state.client]),
    files: state.files.map((path) => addFile({ path })),
    chain: chainOf(overrides[state.client], state, short),
    ...(!state.usesTokenPool && { action: panelAction(`configure:${state.client}`) }),
  }));
}

function chainOf(
  overrides: readonly Override[],
  { files: [main = ""] }: ClientState,
  short: (path: string) => string,
): string[] {
  if (overrides.length === 0) return [];
  return [
    ...overrides.map((each) => describeOverride(each, short)),
    l10n.t("{0}: everything else", short(main)),
  ];
}

function isDocumentedOverride({ opencode }: Snapshot, state: ClientState): boolean {
  return state === opencode && opencode.documentedOverrides.length > 0;
}

function useOf(snapshot: Snapshot, state: ClientState): Pick<PanelClient, "status" | "use"> {
  const { baseUrl: address = "" } = state;
  const host = hostOf(address);
  if (isAtTokenPool(state, snapshot.baseUrl))
    return { status: "ok", use: l10n.t("Uses TokenPool ({0})", host) };
  if (isDocumentedOverride(snapshot, state))
    return { status: "warning", use: l10n.t('Uses TokenPool through its provider "openai"') };
  const [other] = state.otherProviders ?? [];
  if (other && !state.usesTokenPool)
    return { status: "ok", use: l10n.t("Uses TokenPool ({0})", hostOf(other.baseUrl)) };
  if (wantsTokenPool(state))
    return {
      status: "error",
      use: host
        ? l10n.t("Configured for TokenPool, but sends requests to {0}", host)
        : l10n.t("Configured for TokenPool, but has no address"),
    };
  if (host) return { status: "unknown", use: l10n.t("Uses {0}, not TokenPool", host) };
  return { status: "unknown", use: l10n.t("Not configured for TokenPool") };
}

/** "0.0.0" stands for a program that did not say its version. */
function versionText(versions: readonly string[]): string {
  if (versions.length === 0) return l10n.t("not installed");
  const known = [...new Set(versions)].map((version) =>
    version === "0.0.0" ? l10n.t("version unknown") : version,
  );
  return formatList(known);
}
