import * as vscode from "vscode";
import { maskApiKey } from "../../gateway/apiKey";
import { describeKeychainError } from "../connection";
import { showErrorMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { setApiKey } from "../setUp/setApiKey";
import type { StoredKey } from "./keyStore";

/** For a command that cannot go on without a key. @returns whether one is in use now */
export async function askForNeededKey(services: Services): Promise<boolean> {
  try {
    const keys = await services.apiKeys.list();
    const choice = keys.length > 0 ? await pickOne(keys) : "another";
    if (choice === undefined) return false;
    if (choice === "another") return await setApiKey(services);
    // Where it was removed meanwhile, the list shows what is left.
    return (await services.apiKeys.use(choice)) || (await askForNeededKey(services));
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    return false;
  }
}

async function pickOne(keys: readonly StoredKey[]): Promise<StoredKey | "another" | undefined> {
  const another = { label: vscode.l10n.t("Paste Another Key…"), key: "another" as const };
  const choice = await showQuickPick<vscode.QuickPickItem & { readonly key: StoredKey | "another" }>(
    [...keys.map(keyItem), another],
    { title: vscode.l10n.t("TokenPool API Key"), placeHolder: noneInUse(), ignoreFocusOut: true },
  );
  return choice?.key;
}

/** A stored key in a list of several. */
export function keyItem(key: StoredKey) {
  const state = key.inUse ? vscode.l10n.t("in use") : "";
  const description = [maskApiKey(key.apiKey), state].filter(Boolean).join(" · ");
  return { label: key.name, description, key };
}

/** The one in use was removed, and which one comes next only the user decides. */
export function noneInUse(): string {
  return vscode.l10n.t("No API key is in use. Others are stored: choose one of them.");
}
