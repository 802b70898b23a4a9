import * as l10n from "@vscode/l10n";
import { CLIENTS } from "../clients/registry";
import { type Action, type OwnAction, readAction } from "../doctor/action";
import type { PanelAction } from "./panelModel";

/** What the button for an action says. */
const LABELS: Readonly<Record<OwnAction, () => string>> = {
  setUp: () => l10n.t("Set Up…"),
  setApiKey: () => l10n.t("Set API Key…"),
  selectApiKey: () => l10n.t("Switch API Key…"),
  replaceApiKey: () => l10n.t("Replace Key…"),
  selectEndpoint: () => l10n.t("Select Endpoint…"),
  checkHealth: () => l10n.t("Check Again"),
  fixAll: () => l10n.t("Fix All…"),
  addToCcSwitch: () => l10n.t("Add to CC Switch…"),
  chooseModel: () => l10n.t("Choose Model…"),
  unstageKey: () => l10n.t("Unstage"),
  openConsole: () => l10n.t("Open Console"),
  openDocumentation: () => l10n.t("Open Documentation"),
  showLog: () => l10n.t("Show Log"),
};

export function panelAction(action: Action): PanelAction {
  return { action, label: labelOf(action) };
}

function labelOf(action: Action): string {
  const read = readAction(action);
  if (read.own !== undefined) return LABELS[read.own]();
  const { name } = CLIENTS[read.client];
  return read.verb === "configure" ? l10n.t("Configure {0}", name) : l10n.t("How to Install {0}", name);
}
