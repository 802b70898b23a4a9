import * as l10n from "@vscode/l10n";
import type { PanelMistake, PanelStatus } from "./panelModel";

/** The panel's own words, as one object: a missing one does not compile. */
export type PanelStrings = ReturnType<typeof panelStrings>;

/** In the language of VS Code. */
export function panelStrings() {
  return {
    title: l10n.t("TokenPool Troubleshooting"),
    loading: l10n.t("Looking at this machine…"),
    failed: l10n.t("Diagnostics failed. See the log."),
    keyHeading: l10n.t("API key"),
    keyStored: l10n.t("A key is stored in VS Code's secret storage."),
    keyMissing: l10n.t("No key is stored yet."),
    mistakesHeading: l10n.t("Common mistakes"),
    problemsHeading: l10n.t("Problems"),
    nothingWrong: l10n.t("No problems found. Checked:"),
    endpointsHeading: l10n.t("Endpoint"),
    clientsHeading: l10n.t("Clients"),
    helpHeading: l10n.t("Help"),
    setUp: l10n.t("Set Up…"),
    setApiKey: l10n.t("Set API Key…"),
    replaceApiKey: l10n.t("Replace API Key…"),
    checkAgain: l10n.t("Check Again"),
    checking: l10n.t("Checking…"),
    selectEndpoint: l10n.t("Select Endpoint…"),
    fix: l10n.t("Fix…"),
    showInFile: l10n.t("Show in File"),
    seen: l10n.t("Seen"),
    advice: l10n.t("What to do"),
    files: l10n.t("Files"),
    missingFile: l10n.t("not there"),
    chain: l10n.t("Order of precedence (highest first)"),
    chosen: l10n.t("chosen"),
    // The page puts the clock time in.
    checkedAt: l10n.t("Checked at {0}", "{0}"),
    phase: l10n.t("Phase"),
    duration: l10n.t("Duration"),
    total: l10n.t("Total"),
    documentation: l10n.t("Documentation"),
    console: l10n.t("API keys console"),
    log: l10n.t("Log"),
    statuses: {
      error: l10n.t("Error"),
      warning: l10n.t("Warning"),
      information: l10n.t("Information"),
      ok: l10n.t("OK"),
      unknown: l10n.t("Unknown"),
    } satisfies Record<PanelStatus, string>,
    mistakeStatuses: {
      ok: l10n.t("Nothing found"),
      found: l10n.t("Found, see above"),
      unchecked: l10n.t("Not checked"),
    } satisfies Record<PanelMistake["status"], string>,
  };
}
