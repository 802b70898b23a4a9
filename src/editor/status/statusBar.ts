import * as vscode from "vscode";
import type { HealthReport } from "../../health/report";
import { Command, STATUS_BAR_ITEM } from "../../ids";
import { describeHealth, textsOf } from "../../health/texts";
import { settings } from "../settings";
import { type ClientStatus, type StatusDetails, statusTooltip } from "./statusTooltip";

/** States in which the user cannot work and must act; only these get the error colour, and none the warning colour. */
const BLOCKING: readonly HealthReport["state"][] = ["unauthorized", "noQuota", "notAnApi"];

/** Until the clients' files have been looked at. */
export const NOTHING_KNOWN: ClientStatus = { use: [], drift: [] };

export interface ShownStatus extends StatusDetails {
  /** Undefined: not checked yet. */
  readonly report: HealthReport | undefined;
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

  constructor() {
    this.item.name = vscode.l10n.t("TokenPool");
    this.show({ report: undefined, checking: false, clients: NOTHING_KNOWN, findings: {}, earlier: [] });
  }

  show({ report, checking, ...details }: ShownStatus): void {
    const texts = report && textsOf(report);
    const icon = checking ? "loading~spin" : (texts?.icon ?? "pulse");
    const unchecked = vscode.l10n.t("TokenPool: not checked yet");
    this.item.text = `$(${icon}) TokenPool${texts?.label ? `: ${texts.label}` : ""}`;
    this.item.tooltip = report ? statusTooltip(report, details) : unchecked;
    this.item.accessibilityInformation = {
      role: "button",
      label: report
        ? vscode.l10n.t("TokenPool: {0}", describeHealth(report, details.findings.usedUp))
        : unchecked,
    };
    this.item.command = report?.state === "noKey" ? Command.setUp : Command.showActions;
    this.item.backgroundColor =
      report && BLOCKING.includes(report.state)
        ? new vscode.ThemeColor("statusBarItem.errorBackground")
        : undefined;
    if (settings.statusBarVisible()) this.item.show();
    else this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}
