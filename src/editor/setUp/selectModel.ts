import * as vscode from "vscode";
import { Command, Setting } from "../../ids";
import { showQuickPick, showWarningMessage } from "../messages/plainWindow";
import { configuredClients, offerRewrite } from "./rewriteClients";
import type { Services } from "../services";
import { settings } from "../settings";

type ModelSetting = typeof Setting.model | typeof Setting.reviewModel;

/** What each of the two is set to. */
type Models = Readonly<Record<ModelSetting, string>>;

/** Lets the user choose model and review model from what the gateway offers to the key. */
export async function selectModel(services: Services): Promise<void> {
  const asking = new AbortController();
  const offering = askForModels(services, asking.signal);
  const current = { [Setting.model]: settings.model(), [Setting.reviewModel]: settings.reviewModel() };
  const chosen = await chooseModel(offering, current);
  if (chosen === "noList") return offerOtherWays();
  if (!chosen) {
    asking.abort();
    return;
  }
  const { setting, model } = chosen;
  if (model === current[setting]) return;
  const address = settings.baseUrl();
  const configured = address.valid ? await configuredClients(services, address.baseUrl) : [];
  await vscode.workspace.getConfiguration().update(setting, model, vscode.ConfigurationTarget.Global);
  await offerRewrite(services, configured, vscode.l10n.t("{0} is {1} now.", titleOf(setting), model));
}

/**
 * Asks which of the two, then which model.
 * @param offering undefined: no list came
 * @returns undefined when the user left
 */
export async function chooseModel(
  offering: Promise<readonly string[] | undefined>,
  current: Models,
): Promise<{ readonly setting: ModelSetting; readonly model: string } | "noList" | undefined> {
  const setting = await pickSetting(offering, current);
  if (!setting || setting === "noList") return setting;
  const model = await pickModel((await offering) ?? [], current[setting], titleOf(setting));
  return model === undefined ? undefined : { setting, model };
}

/** A fresh list: what was offered an hour ago says little. */
async function askForModels(services: Services, signal: AbortSignal): Promise<readonly string[] | undefined> {
  await services.health.checkNow(signal);
  return services.health.findings.models;
}

/** Without a list there is still the setting, for people who know the name. */
async function offerOtherWays(): Promise<void> {
  const troubleshoot = vscode.l10n.t("Open Troubleshooting");
  const openSettings = vscode.l10n.t("Open Settings");
  const message = vscode.l10n.t("The gateway gave no list of models, so there is nothing to choose from.");
  const choice = await showWarningMessage(message, troubleshoot, openSettings);
  if (choice === troubleshoot) await vscode.commands.executeCommand(Command.troubleshoot);
  if (choice === openSettings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", Setting.model);
  }
}

/** Opens at once and shows that it waits; closes by itself when there is no list. */
async function pickSetting(
  offering: Promise<readonly string[] | undefined>,
  current: Models,
): Promise<ModelSetting | "noList" | undefined> {
  const noList = new vscode.CancellationTokenSource();
  const items = offering.then((offered) => {
    if (!offered) noList.cancel();
    return [Setting.model, Setting.reviewModel].map((setting) => ({
      label: titleOf(setting),
      ...remarksOn(current[setting], offered ?? [], current[setting]),
      setting,
    }));
  });
  const options = {
    title: vscode.l10n.t("Select Model"),
    placeHolder: vscode.l10n.t("Choose what to set"),
  };
  const choice = await showQuickPick(items, options, noList.token);
  return noList.token.isCancellationRequested ? "noList" : choice?.setting;
}

async function pickModel(
  offered: readonly string[],
  current: string,
  title: string,
): Promise<string | undefined> {
  const models = offered.includes(current) ? offered : [current, ...offered];
  const items = models.map((label) => {
    const isCurrent = label === current;
    return { label, ...(isCurrent && remarksOn(vscode.l10n.t("in use"), offered, label)) };
  });
  const choice = await showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Models offered to your key: {0}", offered.length),
  });
  return choice?.label;
}

/** An unavailable model is flagged by a word and an icon, never by colour alone. */
function remarksOn(description: string, offered: readonly string[], model: string) {
  if (offered.includes(model)) return { description, iconPath: new vscode.ThemeIcon("check") };
  return {
    description: `${description} · ${vscode.l10n.t("not offered to your key")}`,
    iconPath: new vscode.ThemeIcon("warning"),
  };
}

function titleOf(setting: ModelSetting): string {
  return setting === Setting.model ? vscode.l10n.t("Model") : vscode.l10n.t("Review model");
}
