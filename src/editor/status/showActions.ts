import * as vscode from "vscode";
import { configureCommand } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { API_KEYS_CONSOLE_URL } from "../../gateway/endpoints";
import { Command } from "../../ids";
import { describeHealth } from "../../health/texts";
import { showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import type { Drift } from "./statusTooltip";
import { workingEndpoint } from "./workingEndpoint";
import { switchEndpoint } from "../setUp/selectEndpoint";

interface Action extends vscode.QuickPickItem {
  readonly command: Command;
  /** The endpoint to switch to, without asking for one. */
  readonly baseUrl?: string;
  /** The problem that is fixed. */
  readonly fixes?: Drift;
}

/** What a click on the status bar item offers: the state in words, then everything one may want to do about it. */
export async function showActions(services: Services): Promise<void> {
  const { report, findings, clientStatus } = services.health;
  const other = workingEndpoint(report, findings);
  const offers = [...switchAction(other), ...clientStatus.drift.flatMap(fixAction)];
  const choice = await showQuickPick([...offers, ...actions()], {
    title: vscode.l10n.t("TokenPool"),
    placeHolder: report ? `${describeHealth(report)} ${report.endpoint}` : vscode.l10n.t("Not checked yet"),
  });
  if (!choice) return;
  if (choice.command === Command.selectEndpoint && choice.baseUrl)
    await switchEndpoint(services, choice.baseUrl);
  else await vscode.commands.executeCommand(choice.command, choice.fixes);
}

function fixAction(drift: Drift): Action[] {
  if (drift.fixTitle === undefined) return [];
  return [
    {
      label: drift.fixTitle,
      detail: drift.message,
      iconPath: icon("wrench"),
      command: Command.applyFix,
      fixes: drift,
    },
  ];
}

function switchAction(baseUrl: string | undefined): Action[] {
  if (baseUrl === undefined) return [];
  const { host } = new URL(baseUrl);
  return [
    {
      label: vscode.l10n.t("Switch to {0}", host),
      description: vscode.l10n.t("answers from here"),
      iconPath: icon("arrow-swap"),
      command: Command.selectEndpoint,
      baseUrl,
    },
  ];
}

function actions(): Action[] {
  return [
    { label: vscode.l10n.t("Check Endpoint Health"), iconPath: icon("pulse"), command: Command.checkHealth },
    { label: vscode.l10n.t("Open Troubleshooting"), iconPath: icon("tools"), command: Command.troubleshoot },
    { label: vscode.l10n.t("Explain an Error…"), iconPath: icon("question"), command: Command.explainError },
    { label: vscode.l10n.t("Set Up…"), iconPath: icon("rocket"), command: Command.setUp },
    { label: vscode.l10n.t("Select Endpoint…"), iconPath: icon("globe"), command: Command.selectEndpoint },
    { label: vscode.l10n.t("Select Model…"), iconPath: icon("sparkle"), command: Command.selectModel },
    {
      label: vscode.l10n.t("Send a Test Request"),
      iconPath: icon("beaker"),
      command: Command.sendTestRequest,
    },
    ...Object.values(CLIENTS).map(({ id, name }) => ({
      label: vscode.l10n.t("Configure {0}", name),
      iconPath: icon("gear"),
      command: configureCommand(id),
    })),
    {
      label: vscode.l10n.t("Add to CC Switch…"),
      iconPath: icon("export"),
      command: Command.addToCcSwitch,
    },
    { label: vscode.l10n.t("Set API Key…"), iconPath: icon("key"), command: Command.setApiKey },
    {
      label: vscode.l10n.t("Restore Previous Configuration…"),
      iconPath: icon("discard"),
      command: Command.restoreConfiguration,
    },
    {
      label: vscode.l10n.t("Remove TokenPool from a Client…"),
      iconPath: icon("trash"),
      command: Command.removeConfiguration,
    },
    {
      label: vscode.l10n.t("Open API Keys Console"),
      iconPath: icon("link-external"),
      description: API_KEYS_CONSOLE_URL,
      command: Command.openConsole,
    },
    {
      label: vscode.l10n.t("Copy Diagnostic Report"),
      iconPath: icon("clippy"),
      command: Command.copyReport,
    },
    { label: vscode.l10n.t("Show Log"), iconPath: icon("output"), command: Command.showLog },
  ];
}

function icon(id: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id);
}
