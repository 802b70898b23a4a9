import * as vscode from "vscode";
import { Command } from "../../ids";
import { describeKeychainError } from "../connection";
import {
  showErrorMessage,
  showInformationMessage,
  showInputBox,
  showWarningMessage,
} from "../messages/plainWindow";
import type { Services } from "../services";
import { enterApiKey } from "./enterApiKey";
import { freeName } from "./keyNames";
import { MOST_KEYS } from "./keyStore";

/** Stores another key beside those that are there. Which one is in use stays. @returns whether it is stored now */
export async function addApiKey(services: Services): Promise<boolean> {
  try {
    const keys = await services.apiKeys.list();
    if (keys.length >= MOST_KEYS) return sayFull();
    const entered = await enterApiKey(services);
    if (!entered) return false;
    const same = keys.find(({ apiKey }) => apiKey === entered.apiKey);
    if (same) {
      void showInformationMessage(
        keys.length === 1
          ? vscode.l10n.t("This key is stored already.")
          : vscode.l10n.t("This key is stored already, with the name {0}.", same.name),
      );
      return true;
    }
    // Without an answer it is kept all the same: it was typed for that.
    const name = await askForName(freeName(keys.map((key) => key.name)));
    const added = await services.apiKeys.add(entered.apiKey, name);
    if (!added) return sayFull();
    services.log.info("API key added");
    void sayAdded(added.name);
    return true;
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    return false;
  }
}

/** @param value what is in the box at first */
export function askForName(value: string): Thenable<string | undefined> {
  return showInputBox({
    title: vscode.l10n.t("Name of the API Key"),
    prompt: vscode.l10n.t("Only you see this name. Do not paste the key itself here."),
    value,
    ignoreFocusOut: true,
  });
}

async function sayAdded(name: string): Promise<void> {
  const change = vscode.l10n.t("Switch API Key…");
  const message = vscode.l10n.t("The API key {0} was added. The key in use stays the same.", name);
  if ((await showInformationMessage(message, change)) === change)
    await vscode.commands.executeCommand(Command.selectApiKey);
}

export function sayFull(): false {
  void showWarningMessage(
    vscode.l10n.t("{0} API keys are stored, and there can be no more. Remove one first.", MOST_KEYS),
  );
  return false;
}
