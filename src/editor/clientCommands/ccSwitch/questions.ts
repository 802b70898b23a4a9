import * as vscode from "vscode";
import type { CcSwitchApp } from "../../../clients/ccswitch/app";
import type { HandOverWay } from "../../../clients/ccswitch/handOver";
import type { ImportOptions } from "../../../clients/ccswitch/importLink";
import { CLIENTS } from "../../../clients/registry";
import { showInformationMessage, showQuickPick, showWarningMessage } from "../../messages/plainWindow";

/** What is not done unless the user ticks it. CC Switch writes a card of OpenCode's at once in any case. */
export async function askWishes(
  app: CcSwitchApp,
): Promise<Pick<ImportOptions, "switchNow" | "withBalance"> | undefined> {
  const switchNow = {
    label: vscode.l10n.t("And switch to it now"),
    ...(app.switching && { detail: app.switching.consequences() }),
  };
  const withBalance = {
    label: vscode.l10n.t("Show the balance in CC Switch"),
    detail: vscode.l10n.t("A short script asks the gateway for it every 30 minutes; it uses no quota."),
  };
  const chosen = await showQuickPick(app.switching ? [switchNow, withBalance] : [withBalance], {
    canPickMany: true,
    title: vscode.l10n.t("Add to CC Switch: {0}", CLIENTS[app.client].name),
    placeHolder: vscode.l10n.t("Tick what else you want, or just press Enter"),
  });
  return chosen && { switchNow: chosen.includes(switchNow), withBalance: chosen.includes(withBalance) };
}

/** Says what becomes of the key, before it leaves. */
export async function agree(way: HandOverWay, app: CcSwitchApp, seemsThere: boolean): Promise<boolean> {
  const paragraphs = [
    vscode.l10n.t(
      "The link carries your API key, and CC Switch keeps the key readable in its database. Open CC Switch first: a link that starts it is lost, and the key stays visible in the list of processes.",
    ),
    ...(way === "copied"
      ? [
          vscode.l10n.t(
            "The link is copied for you to open on the desktop where CC Switch runs, which need not be the machine where {0} runs.",
            CLIENTS[app.client].name,
          ),
        ]
      : []),
    ...(seemsThere
      ? [vscode.l10n.t("TokenPool seems to be in CC Switch already: this adds a second card.")]
      : []),
    ...(app.caution ? [app.caution()] : []),
  ];
  const agreed = way === "copied" ? vscode.l10n.t("Copy Link") : vscode.l10n.t("Open Link");
  const question = vscode.l10n.t("Add TokenPool to CC Switch?");
  const options = { modal: true, detail: paragraphs.join("\n\n") };
  return (await showInformationMessage(question, options, agreed)) === agreed;
}

/** A link that starts CC Switch is lost. */
export async function askToOpen(isSeenNotToRun: boolean): Promise<boolean> {
  const goOn = vscode.l10n.t("Continue");
  const message = isSeenNotToRun
    ? vscode.l10n.t("CC Switch is not running. Open CC Switch, then Continue.")
    : vscode.l10n.t("Does CC Switch run? VS Code cannot see it here. Open CC Switch, then Continue.");
  return (await showWarningMessage(message, { modal: true }, goOn)) === goOn;
}
