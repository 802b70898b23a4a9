/**
 * Everything of `vscode.window` that shows sentences, with every text made plain: a base URL, a provider id or a
 * file name in a message must not become a button that runs a command. ESLint sees to it that nothing goes around.
 * Buttons are left alone: VS Code makes nothing of their texts, and callers compare them.
 */
import * as vscode from "vscode";
import { plainLabel } from "./plainText";

type ShowMessage = typeof vscode.window.showInformationMessage;

export const showInformationMessage = plainMessage(vscode.window.showInformationMessage);
export const showWarningMessage = plainMessage(vscode.window.showWarningMessage);
export const showErrorMessage = plainMessage(vscode.window.showErrorMessage);

/** What ends when something of ours is on the screen. */
const moving = new Set<() => void>();

/** Something of ours is on the screen now, and says more than that something is going on. */
export function isShown(): void {
  for (const end of moving) end();
  moving.clear();
}

/** Lets something move from the first moment on, until the work shows something by itself or is done. */
export async function movingUntilShown<T>(work: () => T | Thenable<T>): Promise<T> {
  let end = () => {};
  const over = new Promise<void>((resolve) => moving.add((end = resolve)));
  const title = vscode.l10n.t("TokenPool: Working…");
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => over);
  try {
    return await work();
  } finally {
    moving.delete(end);
    end();
  }
}

export function withProgress<R>(
  options: vscode.ProgressOptions,
  task: (token: vscode.CancellationToken) => Thenable<R>,
): Thenable<R> {
  isShown();
  return vscode.window.withProgress(plainTexts(options), (_progress, token) => task(token));
}

/** @returns the chosen of the given items, not a copy with changed texts */
export function showQuickPick<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  options: vscode.QuickPickOptions & { readonly canPickMany: true },
): Promise<T[] | undefined>;
export function showQuickPick<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  options: vscode.QuickPickOptions,
  token?: vscode.CancellationToken,
): Promise<T | undefined>;
export async function showQuickPick<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  options: vscode.QuickPickOptions,
  token?: vscode.CancellationToken,
): Promise<T | T[] | undefined> {
  isShown();
  const given = new Map<vscode.QuickPickItem, T>();
  const shown = Promise.resolve(items).then((all) =>
    all.map((item) => {
      const copy: vscode.QuickPickItem = plainTexts(item);
      given.set(copy, item);
      return copy;
    }),
  );
  const choice: unknown = await vscode.window.showQuickPick(shown, plainTexts(options), token);
  const original = (chosen: unknown) => given.get(chosen as vscode.QuickPickItem);
  return Array.isArray(choice) ? choice.flatMap((each) => original(each) ?? []) : original(choice);
}

export function showInputBox(
  options: Omit<vscode.InputBoxOptions, "validateInput">,
): Thenable<string | undefined> {
  isShown();
  return vscode.window.showInputBox(plainTexts(options));
}

export function createQuickPick<T extends vscode.QuickPickItem>(): vscode.QuickPick<T> {
  return plainWhenSet(vscode.window.createQuickPick<T>());
}

export function createInputBox(): vscode.InputBox {
  return plainWhenSet(vscode.window.createInputBox());
}

/** Makes the text plain, and the detail of a modal message. */
function plainMessage(show: ShowMessage): ShowMessage {
  const original = show as (text: string, ...rest: unknown[]) => unknown;
  const plain = (text: string, ...rest: unknown[]) => {
    isShown();
    const isOptions = (each: unknown): each is object => isObject(each) && "modal" in each;
    return original(plainLabel(text), ...rest.map((each) => (isOptions(each) ? plainTexts(each) : each)));
  };
  return plain as ShowMessage;
}

/** A quick pick or an input box whose texts are plain whenever they are set. */
function plainWhenSet<T extends object>(target: T): T {
  isShown();
  return new Proxy(target, {
    get: (_target, key) => {
      const value: unknown = Reflect.get(target, key);
      // Methods that ran on the proxy would set their own fields through it.
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (_target, key, value) => Reflect.set(target, key, plainAt(String(key), value)),
  });
}

/** Where texts are in options, items, quick picks and input boxes. Other keys of an item are the caller's own. */
const TEXTS = new Set([
  ...["label", "description", "detail", "title", "placeHolder", "placeholder"],
  ...["prompt", "validationMessage", "message", "items"],
]);

function plainTexts<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).map(([key, at]) => [key, plainAt(key, at)])) as T;
}

function plainAt(key: string, value: unknown): unknown {
  if (!TEXTS.has(key)) return value;
  if (typeof value === "string") return plainLabel(value);
  if (Array.isArray(value)) return value.map((item: unknown) => (isObject(item) ? plainTexts(item) : item));
  return isObject(value) ? plainTexts(value) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
