import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { Client } from "../../clients/client";
import { maskApiKey } from "../../gateway/apiKey";
import { describeHealth } from "../../health/texts";
import { describeKeychainError } from "../connection";
import { handMadeClients } from "../keys/handMade";
import { type KeyInUse, keysInUse } from "../keys/keysInUse";
import type { StoredKey } from "../keys/keyStore";
import { keyItem, noneInUse } from "../keys/neededKey";
import { showErrorMessage, showInformationMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";
import { askForApiKey, takeApiKey } from "./setApiKey";

/** The key that Set Up goes on with. */
interface SetUpKey {
  readonly apiKey: string;
  /** Where it was in use already. */
  readonly baseUrl?: string;
  /** It was not in use here before. */
  readonly isNew: boolean;
  /** Clients that send a key to TokenPool already: they stay as they are. */
  readonly senders: readonly Client[];
  /** Those of them that send this one. */
  readonly owners: readonly Client[];
}

/**
 * The stored key in use, or another that is stored or on this machine and that the user agrees to, or one that is pasted.
 * @param lookForEndpoint where a pasted one is checked
 * @returns undefined when the user left
 */
export async function findKey(
  services: Services,
  lookForEndpoint: () => Promise<string>,
): Promise<SetUpKey | undefined> {
  let stored: string | undefined;
  let others: readonly StoredKey[] = [];
  try {
    stored = await services.apiKeys.read();
    if (!stored) others = await services.apiKeys.list();
  } catch (error) {
    void showErrorMessage(describeKeychainError(error));
    return undefined;
  }
  const { report } = services.health;
  if (stored && report?.state !== "unauthorized") {
    const owners = await handMadeClients(services, stored);
    return { apiKey: stored, isNew: false, senders: owners, owners };
  }
  // A key that the gateway refuses is none to set a client up with.
  if (stored && report) return pastedKey(services, lookForEndpoint(), describeHealth(report));
  const lost = services.apiKeys.wasStored() ? whyLost() : undefined;
  const found = await keysInUse(services);
  const choice = await offerKeys(found, others, lost);
  if (choice === undefined) return undefined;
  if (choice === "another") {
    return pastedKey(services, lookForEndpoint(), found.length === 0 ? lost : undefined);
  }
  if ("slot" in choice) {
    const checked = await takeApiKey(services, choice.apiKey, await lookForEndpoint());
    return checked && newKey(checked.apiKey);
  }
  const taken = await takeApiKey(services, choice.apiKey, choice.baseUrl);
  if (!taken) return undefined;
  const { apiKey } = taken;
  const { baseUrl } = choice;
  // Asked for another one, because the gateway refused it: then nobody's is right.
  if (apiKey !== choice.apiKey) return { apiKey, baseUrl, isNew: true, senders: [], owners: [] };
  const senders = [...new Set(found.flatMap(({ clients }) => clients))];
  return { apiKey, baseUrl, isNew: true, senders, owners: choice.clients };
}

async function pastedKey(
  services: Services,
  endpoint: Promise<string>,
  reason: string | undefined,
): Promise<SetUpKey | undefined> {
  const entered = await askForApiKey(services, endpoint, reason);
  return entered && newKey(entered.apiKey);
}

/** One that the user chose for all clients. */
function newKey(apiKey: string): SetUpKey {
  return { apiKey, isNew: true, senders: [], owners: [] };
}

/** "another": none is there, or the user has one to paste. */
type OfferedKey = KeyInUse | StoredKey | "another";

/**
 * Offers the keys that are there already.
 * @param stored of which none is in use
 * @param lost why there is none in VS Code any more
 * @returns undefined: the user left
 */
async function offerKeys(
  found: readonly KeyInUse[],
  stored: readonly StoredKey[],
  lost: string | undefined,
): Promise<OfferedKey | undefined> {
  const others = stored.filter(({ apiKey }) => !found.some((each) => each.apiKey === apiKey));
  const [first] = found;
  if (first && found.length === 1 && stored.length === 0) return offerOne(first, lost);
  return first || others.length > 0 ? offerSeveral(found, others) : "another";
}

async function offerOne(key: KeyInUse, lost: string | undefined): Promise<OfferedKey | undefined> {
  const use = vscode.l10n.t("Use This Key");
  const paste = vscode.l10n.t("Paste Another");
  const shown = maskApiKey(key.apiKey);
  const message =
    key.clients.length > 0
      ? vscode.l10n.t("{0} already uses TokenPool ({1}). Use its key, {2}?", namesOf(key), hostOf(key), shown)
      : vscode.l10n.t("A TokenPool key is on this machine already. Use it, {0}?", shown);
  const detail = lost === undefined ? {} : { detail: lost };
  const answer = await showInformationMessage(message, { modal: true, ...detail }, use, paste);
  if (answer === undefined) return undefined;
  return answer === use ? key : "another";
}

interface KeyItem extends vscode.QuickPickItem {
  readonly key: OfferedKey;
}

async function offerSeveral(
  found: readonly KeyInUse[],
  stored: readonly StoredKey[],
): Promise<OfferedKey | undefined> {
  const items = found.map((key): KeyItem => ({
    label:
      key.clients.length > 0
        ? vscode.l10n.t("Use the Key of {0}", namesOf(key))
        : vscode.l10n.t("Use the Key That No Client Uses"),
    description: maskApiKey(key.apiKey),
    detail: hostOf(key),
    key,
  }));
  const another: KeyItem = { label: vscode.l10n.t("Paste Another Key…"), key: "another" };
  const choice = await showQuickPick([...items, ...stored.map(keyItem), another], {
    title: vscode.l10n.t("Set Up TokenPool: API Key"),
    placeHolder:
      found.length > 1
        ? vscode.l10n.t("The clients send different keys to TokenPool. Choose the one to use here")
        : noneInUse(),
    ignoreFocusOut: true,
  });
  return choice?.key;
}

function namesOf({ clients }: KeyInUse): string {
  return formatList(clients.map(({ name }) => name));
}

function hostOf({ baseUrl }: KeyInUse): string {
  return new URL(baseUrl).host;
}

/** For a key that was stored, that nobody has removed, and that is not there any more. */
function whyLost(): string {
  const gone = vscode.l10n.t("The API key that was stored here is gone: VS Code has lost its secrets.");
  return `${gone} ${howToKeep()}`;
}

function howToKeep(): string {
  if (vscode.env.uiKind === vscode.UIKind.Web)
    return vscode.l10n.t(
      "A browser keeps them only until its site data is cleared, and each browser its own.",
    );
  if (process.platform === "linux" && vscode.env.remoteName === undefined)
    return vscode.l10n.t(
      'To keep them, install GNOME Keyring or KWallet and set "password-store" to "gnome-libsecret" or "kwallet6" (Preferences: Configure Runtime Arguments).',
    );
  return vscode.l10n.t("To keep them, let VS Code use the system's keychain.");
}
