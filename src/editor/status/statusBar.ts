import * as vscode from "vscode";
import { countSentence, type Overview } from "../../doctor/overview/overview";
import { formatSentence } from "../../gateway/formats";
import { Command, STATUS_BAR_ITEM } from "../../ids";
import { plainLabel } from "../messages/plainText";
import { settings } from "../settings";
import { type StatusDetails, statusTooltip } from "./statusTooltip";
import { offerOf } from "./stepOffer";

export interface ShownStatus extends StatusDetails {
  /** A check that the user asked for is running. */
  readonly checking: boolean;
}

/** The one status bar item. It shows what it is told and decides nothing itself. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    STATUS_BAR_ITEM,
    vscode.StatusBarAlignment.Right,
    100,
  );
  private shown = "";

  constructor() {
    this.item.name = vscode.l10n.t("TokenPool");
  }

  show(overview: Overview, { checking, ...details }: ShownStatus): void {
    const { icon, label, blocks, next, kind } = overview;
    const text = `$(${checking ? "loading~spin" : icon}) TokenPool${label ? `: ${plainLabel(label)}` : ""}`;
    const tooltip = statusTooltip(overview, details);
    // Without a key there is only one thing to do.
    const isOnlyStep = next && (kind === "noKey" || next.do === "setUp");
    const command = isOnlyStep ? offerOf(next).command : Command.showActions;
    const isVisible = settings.statusBarVisible();
    const shown = JSON.stringify([text, tooltip.value, spoken(overview), command, blocks, isVisible]);
    // Setting the same once more closes the hover that somebody reads.
    if (shown === this.shown) return;
    this.shown = shown;
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { role: "button", label: spoken(overview) };
    this.item.command = command;
    this.item.backgroundColor = blocks ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (isVisible) this.item.show();
    else this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** What is the matter, and how many problems there are, for who does not see the item. */
function spoken({ kind, label, sentence, count }: Overview): string {
  const parts = [
    label && formatSentence(label),
    sentence,
    ...(count > 0 && kind !== "problems" ? [formatSentence(countSentence(count))] : []),
  ];
  return vscode.l10n.t("TokenPool: {0}", parts.filter(Boolean).join(" "));
}
