import * as l10n from "@vscode/l10n";
import { usesOurCard } from "../clients/ccswitch/state";
import type { Severity } from "../doctor/finding";
import { KNOWLEDGE } from "../doctor/problems/knowledge";
import type { Snapshot } from "../doctor/snapshot/snapshot";
import { isWorking } from "../health/schedule";
import { sentenceOf } from "../health/texts";
import type { PanelClient, PanelEndpoint, PanelPart, PanelStatus } from "./panelModel";

type Part = Omit<PanelPart, "problems">;

const WORST_FIRST: readonly PanelStatus[] = ["error", "warning", "information", "unknown", "ok"];

/** All that has to work, in the order in which it is set up, before its problems are known. */
export function partsOf(
  snapshot: Snapshot,
  endpoints: readonly PanelEndpoint[],
  clients: readonly PanelClient[],
  keychainError: string | undefined,
): Part[] {
  const { ccSwitch } = snapshot;
  return [
    keyPart(snapshot, keychainError),
    endpointPart(snapshot, endpoints[0]),
    ...clients.map(({ id, name, status, use }): Part => ({ id, name, status, text: use })),
    ...(ccSwitch.isThere ? [ccSwitchPart(snapshot)] : []),
  ];
}

/** What is only worth knowing makes nothing bad. */
export function worstOf(status: PanelStatus, severities: readonly Severity[]): PanelStatus {
  const counting = severities.filter((severity) => severity !== "information");
  return WORST_FIRST.find((each) => each === status || counting.some((one) => one === each)) ?? status;
}

function keyPart({ apiKey }: Snapshot, keychainError: string | undefined): Part {
  const isStored = apiKey !== undefined;
  return {
    id: "key",
    name: l10n.t("Key"),
    status: isStored ? "ok" : "error",
    text: isStored
      ? l10n.t("A key is stored in VS Code's secret storage.")
      : (keychainError ?? l10n.t("No key is stored yet.")),
  };
}

/** One sentence; the details are in the endpoint's own part of the page. */
function endpointPart({ health: [report] }: Snapshot, chosen: PanelEndpoint | undefined): Part {
  const name = l10n.t("Endpoint");
  if (!report || !chosen) {
    const text = chosen ? `${chosen.host}: ${chosen.sentence}` : l10n.t("The chosen address is not valid.");
    return { id: "endpoint", name, status: chosen ? "unknown" : "error", text };
  }
  const cause = report.code === undefined || isWorking(report) ? undefined : KNOWLEDGE[report.code];
  const text = cause ? cause.title() : sentenceOf(report);
  return { id: "endpoint", name, status: chosen.status, text: `${chosen.host}: ${text}` };
}

function ccSwitchPart({ ccSwitch }: Snapshot): Part {
  return {
    id: "ccswitch",
    // A product's name.
    name: "CC Switch",
    status: ccSwitch.problem ? "unknown" : "ok",
    text: ccSwitch.problem
      ? l10n.t("Its settings cannot be read.")
      : usesOurCard(ccSwitch)
        ? l10n.t("Uses TokenPool's card for Codex.")
        : l10n.t("Is on this machine, without TokenPool's card in use for Codex."),
  };
}
