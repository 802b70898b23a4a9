import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { JournalEntry } from "../../changes/store";
import { clientOf } from "../../clients/registry";
import { Command } from "../../ids";
import { describeKeychainError } from "../connection";
import { showRestored, takeBack } from "../clientCommands/restoreConfiguration";
import { showErrorMessage, showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { clientsInUse, writeKey } from "./clientKeys";
import type { StoredKey } from "./keyStore";
import { tellOfUndoneKey } from "./undoneKey";

/**
 * Makes another of the stored keys the one in use: here and in all clients that have the one so far, with one preview
 * and one undo. Cancelled or refused, nothing has changed anywhere.
 * @returns whether it is in use now; "gone": it was removed since it was listed
 */
export async function switchApiKey(services: Services, key: StoredKey): Promise<boolean | "gone"> {
  const keys = await services.apiKeys.list();
  const old = keys.find(({ inUse }) => inUse);
  if (old?.apiKey === key.apiKey) return true;
  if (!keys.some(({ apiKey }) => apiKey === key.apiKey)) return "gone";
  const users = await clientsInUse(services);
  const isStored = (apiKey: string) => keys.some((each) => each.apiKey === apiKey);
  // A client with yet another key was given that by the user.
  const clients = users
    .filter(({ apiKey }) => !apiKey || (old ? apiKey === old.apiKey : !isStored(apiKey)))
    .map(({ client }) => client);
  // Nobody else uses the key, and nothing but a file of ours is to be written.
  const isQuiet = users.every(({ client }) => client.ownsKeyFile);
  const { outcome, entries = [] } = await writeKey(services, clients, key.apiKey, !isQuiet);
  if (outcome === "cancelled" || outcome === "refused") return false;
  try {
    // Another window may have removed it while the preview was open.
    if (!(await services.apiKeys.use(key))) {
      await takeBack(services, entries, false);
      return "gone";
    }
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    await takeBack(services, entries, false);
    return false;
  }
  services.log.info("API key switched");
  void tell(services, key, old, entries);
  return true;
}

async function tell(
  services: Services,
  key: StoredKey,
  old: StoredKey | undefined,
  entries: readonly JournalEntry[],
): Promise<void> {
  const names = namesOf(entries);
  const sentences = [
    vscode.l10n.t("The API key {0} is in use now.", key.name),
    ...(names === ""
      ? []
      : [vscode.l10n.t("Restart {0} where running: the old key is used until then.", names)]),
  ];
  const undo = vscode.l10n.t("Undo");
  const choice = await showInformationMessage(sentences.join(" "), ...(old ? [undo] : []));
  if (old && choice === undo) await undoSwitch(services, key, old, entries);
}

function namesOf(entries: readonly JournalEntry[]): string {
  return formatList(entries.map((entry) => clientOf(entry).name));
}

/** The files first: who leaves that preview keeps the new key everywhere. */
async function undoSwitch(
  services: Services,
  key: StoredKey,
  old: StoredKey,
  entries: readonly JournalEntry[],
): Promise<void> {
  try {
    // The message may be old: whoever has switched on since chooses among all.
    if ((await services.apiKeys.read()) !== key.apiKey) {
      await vscode.commands.executeCommand(Command.selectApiKey);
      return;
    }
    if (entries.length > 0) {
      const outcome = await takeBack(services, entries, true);
      const isLeft = outcome.outcome === "cancelled" || outcome.outcome === "refused";
      if (isLeft) return void showRestored(outcome);
    }
    if (await services.apiKeys.use(old))
      void showInformationMessage(vscode.l10n.t("The API key {0} is in use again.", old.name));
    else await tellOfUndoneKey(services);
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
  }
}
