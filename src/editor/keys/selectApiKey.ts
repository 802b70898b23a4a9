import * as vscode from "vscode";
import { maskApiKey } from "../../gateway/apiKey";
import { Command } from "../../ids";
import { describeKeychainError } from "../connection";
import { createQuickPick, showErrorMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { addApiKey, askForName } from "./addApiKey";
import { setApiKey } from "../setUp/setApiKey";
import type { StoredKey } from "./keyStore";
import { switchApiKey } from "./switchApiKey";
import { askWhatIsLeft } from "./whatIsLeft";

type Act = "use" | "add" | "rename" | "up" | "down" | "remove";

interface Choice {
  readonly act: Act;
  readonly key?: StoredKey;
}

interface Item extends vscode.QuickPickItem {
  readonly choice: Choice;
}

interface Button extends vscode.QuickInputButton {
  readonly act: Act;
}

/**
 * The list of the stored keys: one is chosen to be used from now on, or they are put in order. The list comes back until
 * one is chosen or it is left.
 */
export async function selectApiKey(services: Services): Promise<void> {
  // Asked once for as long as the list comes back.
  const asked: Asked = { left: new Map(), isTrusted: true };
  let active: string | undefined;
  try {
    for (;;) {
      const keys = await services.apiKeys.list();
      if (keys.length === 0) {
        await vscode.commands.executeCommand(Command.setApiKey);
        return;
      }
      const choice = await pick(services, keys, active, asked);
      if (!choice || !(await take(services, keys, choice))) return;
      active = choice.key?.apiKey;
    }
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
  }
}

/** @returns whether the list is wanted again */
async function take(services: Services, keys: readonly StoredKey[], { act, key }: Choice): Promise<boolean> {
  // What is added where none is in use is wanted for use.
  if (act === "add" || !key) await (keys.some(({ inUse }) => inUse) ? addApiKey : setApiKey)(services);
  else if (act === "use") return (await switchApiKey(services, key)) === "gone";
  else if (act === "remove") await (await import("../setUp/removeApiKey")).removeApiKey(services, key);
  else {
    await (act === "rename" ? rename(services, keys, key) : move(services, keys, key, act));
    return true;
  }
  return false;
}

async function rename(services: Services, keys: readonly StoredKey[], key: StoredKey): Promise<void> {
  const name = await askForName(key.name);
  if (name === undefined) return;
  await services.apiKeys.arrange(keys.map((each) => (each === key ? { ...each, name } : each)));
}

async function move(
  services: Services,
  keys: readonly StoredKey[],
  key: StoredKey,
  act: "up" | "down",
): Promise<void> {
  const others = keys.filter((each) => each !== key);
  const at = keys.indexOf(key) + (act === "up" ? -1 : 1);
  await services.apiKeys.arrange(others.toSpliced(at, 0, key));
}

/** What the gateway was asked; filled while the list is open. */
interface Asked {
  /** What each key has left. */
  readonly left: Map<string, string>;
  /** It answered as one that knows keys, or was not asked yet. */
  isTrusted: boolean;
}

function pick(
  { health }: Services,
  keys: readonly StoredKey[],
  active: string | undefined,
  asked: Asked,
): Promise<Choice | undefined> {
  const { left } = asked;
  const picker = createQuickPick<Item>();
  picker.title = vscode.l10n.t("Switch API Key");
  picker.placeholder =
    keys.length > 1
      ? vscode.l10n.t("Choose the key to use from now on, here and in your clients")
      : vscode.l10n.t("One key is stored");
  picker.matchOnDescription = true;
  const waiting = keys
    .toSorted((one, other) => Number(other.inUse) - Number(one.inUse))
    .flatMap(({ apiKey }) => (left.has(apiKey) || !asked.isTrusted ? [] : [apiKey]));
  picker.busy = waiting.length > 0;
  const show = (front: string | undefined) => {
    // Nobody waits for a key that is not asked for any more.
    picker.items = itemsOf(keys, left, picker.busy ? vscode.l10n.t("Asking what is left…") : undefined);
    picker.activeItems = picker.items.filter(
      ({ choice }) => choice.key !== undefined && choice.key.apiKey === front,
    );
  };
  show(active ?? keys.find(({ inUse }) => inUse)?.apiKey);
  const leaving = new AbortController();
  const showAnew = () => show(picker.activeItems[0]?.choice.key?.apiKey);
  const told = (apiKey: string, sentence: string) => {
    left.set(apiKey, sentence);
    showAnew();
  };
  const asking = askWhatIsLeft(health, waiting, told, leaving.signal).catch(() => true);
  void asking.then((isTrusted) => {
    asked.isTrusted &&= isTrusted;
    if (leaving.signal.aborted) return;
    picker.busy = false;
    showAnew();
  });
  return new Promise((resolve) => {
    const end = (choice: Choice | undefined) => {
      resolve(choice);
      picker.hide();
    };
    picker.onDidAccept(() => end(picker.selectedItems[0]?.choice));
    picker.onDidTriggerItemButton(({ item, button }) => end({ ...item.choice, act: (button as Button).act }));
    picker.onDidHide(() => {
      leaving.abort();
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** @param pending what is said of a key without an answer */
function itemsOf(
  keys: readonly StoredKey[],
  left: ReadonlyMap<string, string>,
  pending: string | undefined,
): Item[] {
  const add: Item = {
    label: vscode.l10n.t("Add Another Key…"),
    iconPath: new vscode.ThemeIcon("add"),
    alwaysShow: true,
    choice: { act: "add" },
  };
  return [
    ...keys.map((key, at) =>
      itemOf(key, left.get(key.apiKey) ?? pending, buttonsAt(at, keys.length), keys.length > 1),
    ),
    add,
  ];
}

/** @param isOneOfSeveral a single key needs no name */
function itemOf(
  key: StoredKey,
  detail: string | undefined,
  buttons: Button[],
  isOneOfSeveral: boolean,
): Item {
  const masked = maskApiKey(key.apiKey);
  const state = key.inUse ? vscode.l10n.t("in use") : "";
  return {
    label: isOneOfSeveral ? key.name : masked,
    description: [isOneOfSeveral ? masked : "", state].filter(Boolean).join(" · "),
    ...(detail !== undefined && { detail }),
    iconPath: new vscode.ThemeIcon(key.inUse ? "pass-filled" : "key"),
    buttons,
    choice: { act: "use", key },
  };
}

function buttonsAt(at: number, count: number): Button[] {
  const button = (act: Act, icon: string, tooltip: string): Button => ({
    act,
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
  });
  return [
    ...(at > 0 ? [button("up", "arrow-up", vscode.l10n.t("Move Up"))] : []),
    ...(at < count - 1 ? [button("down", "arrow-down", vscode.l10n.t("Move Down"))] : []),
    ...(count > 1 ? [button("rename", "edit", vscode.l10n.t("Rename…"))] : []),
    button("remove", "trash", vscode.l10n.t("Remove…")),
  ];
}
