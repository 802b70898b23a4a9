import * as vscode from "vscode";
import { configureCommand } from "../../clients/clientId";
import { type Action, type OwnAction, readAction } from "../../doctor/action";
import type { NextStep } from "../../doctor/overview/nextStep";
import { Command } from "../../ids";

/** A step as hover and menu offer it. */
export interface StepOffer {
  readonly label: string;
  /** Codicon. */
  readonly icon: string;
  readonly command: Command;
  readonly argument?: unknown;
}

/** The step's name, which says what it does, and the command that takes it. */
export function offerOf(step: NextStep): StepOffer {
  switch (step.do) {
    case "switchEndpoint": {
      const label = vscode.l10n.t("Switch to {0}", new URL(step.baseUrl).host);
      return { label, icon: "arrow-swap", command: Command.selectEndpoint };
    }
    case "fix": {
      const { id, code, path, fixTitle } = step.problem;
      const argument = { id, code, ...(path !== undefined && { path }) };
      return { label: fixTitle ?? code, icon: "wrench", command: Command.applyFix, argument };
    }
    // The menu knows how.
    case "useTokenPoolAgain":
      return { label: vscode.l10n.t("Use TokenPool Again"), icon: "redo", command: Command.showActions };
    case "topUp":
      return { label: vscode.l10n.t("Top Up…"), icon: "credit-card", command: Command.openConsole };
    case "troubleshoot":
      return { label: vscode.l10n.t("Open Troubleshooting"), icon: "tools", command: Command.troubleshoot };
    default:
      return actionOffer(step.do);
  }
}

function actionOffer(action: Action): StepOffer {
  const read = readAction(action);
  if (read.own !== undefined) return OWN[read.own]();
  // How to install something is told in the panel.
  return read.verb === "configure"
    ? { label: vscode.l10n.t("Configure…"), icon: "gear", command: configureCommand(read.client) }
    : offerOf({ do: "troubleshoot" });
}

const OWN: Readonly<Record<OwnAction, () => StepOffer>> = {
  setUp: () => ({ label: vscode.l10n.t("Set Up…"), icon: "rocket", command: Command.setUp }),
  setApiKey: () => ({ label: vscode.l10n.t("Set API Key…"), icon: "key", command: Command.setApiKey }),
  selectApiKey: () => ({
    label: vscode.l10n.t("Switch API Key…"),
    icon: "key",
    command: Command.selectApiKey,
  }),
  replaceApiKey: () => ({
    label: vscode.l10n.t("Replace a Leaked or Old Key…"),
    icon: "shield",
    command: Command.replaceApiKey,
  }),
  selectEndpoint: () => ({
    label: vscode.l10n.t("Select Endpoint…"),
    icon: "globe",
    command: Command.selectEndpoint,
  }),
  checkHealth: () => ({ label: vscode.l10n.t("Check Now"), icon: "pulse", command: Command.checkHealth }),
  fixAll: () => ({ label: vscode.l10n.t("Fix All…"), icon: "wrench", command: Command.fixAll }),
  addToCcSwitch: () => ({
    label: vscode.l10n.t("Add to CC Switch…"),
    icon: "export",
    command: Command.addToCcSwitch,
    argument: { client: "codex" },
  }),
  chooseModel: () => ({
    label: vscode.l10n.t("Select Model…"),
    icon: "sparkle",
    command: Command.selectModel,
  }),
  unstageKey: () => ({ label: vscode.l10n.t("Unstage"), icon: "remove", command: Command.unstageKey }),
  openConsole: () => ({
    label: vscode.l10n.t("Open API Keys Console"),
    icon: "link-external",
    command: Command.openConsole,
  }),
  openDocumentation: () => offerOf({ do: "troubleshoot" }),
  showLog: () => ({ label: vscode.l10n.t("Show Log"), icon: "output", command: Command.showLog }),
};
