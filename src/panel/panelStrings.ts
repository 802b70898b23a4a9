import * as l10n from "@vscode/l10n";
import { formatSentence } from "../gateway/formats";
import type { PanelMistake, PanelStatus } from "./panelModel";

/** The panel's own words, as one object: a missing one does not compile. */
export type PanelStrings = ReturnType<typeof panelStrings>;

/** In the language of VS Code. */
export function panelStrings() {
  return {
    title: l10n.t("TokenPool Troubleshooting"),
    loading: l10n.t("Looking at this machine…"),
    failed: l10n.t("Diagnostics failed. See the log."),
    stripHeading: l10n.t("At a glance"),
    mistakesHeading: l10n.t("Common mistakes"),
    checkedHeading: l10n.t("Checked"),
    nothingWrong: l10n.t("No problems found. Checked:"),
    helpHeading: l10n.t("Help"),
    setUp: l10n.t("Set Up…"),
    setApiKey: l10n.t("Set API Key…"),
    replaceApiKey: l10n.t("Replace API Key…"),
    checkAgain: l10n.t("Check Again"),
    checking: l10n.t("Checking…"),
    selectEndpoint: l10n.t("Select Endpoint…"),
    fix: l10n.t("Fix…"),
    fixAll: l10n.t("Fix All…"),
    fixing: l10n.t("The fix"),
    // The page puts the number in.
    problems: l10n.t("Problems: {0}", "{0}"),
    sentence: formatSentence("{0}"),
    details: l10n.t("Details"),
    showInFile: l10n.t("Show in File"),
    seen: l10n.t("Seen"),
    advice: l10n.t("What to do"),
    place: l10n.t("Place"),
    version: l10n.t("Version"),
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
      found: l10n.t("Found"),
      unchecked: l10n.t("Not checked"),
    } satisfies Record<PanelMistake["status"], string>,
  };
}
