import * as l10n from "@vscode/l10n";
import type { Action } from "../doctor/action";
import type { PanelAction } from "./panelModel";

/** What the button for an action says. */
const LABELS: Readonly<Record<Action, () => string>> = {
  setUp: () => l10n.t("Set Up…"),
  setApiKey: () => l10n.t("Set API Key…"),
  selectEndpoint: () => l10n.t("Select Endpoint…"),
  checkHealth: () => l10n.t("Check Again"),
  configureCodex: () => l10n.t("Configure Codex"),
  configureOpenCode: () => l10n.t("Configure OpenCode"),
  addToCcSwitch: () => l10n.t("Add to CC Switch…"),
  installCodex: () => l10n.t("How to Install Codex"),
  installOpenCode: () => l10n.t("How to Install OpenCode"),
  chooseModel: () => l10n.t("Choose Model…"),
  unstageKey: () => l10n.t("Unstage"),
  openConsole: () => l10n.t("Open Console"),
  openDocumentation: () => l10n.t("Open Documentation"),
  showLog: () => l10n.t("Show Log"),
};

export function panelAction(action: Action): PanelAction {
  return { action, label: LABELS[action]() };
}
