import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../changes/plan";
import type { ChangeStore, JournalEntry } from "../../changes/store";
import { type KeyPath, startsWith } from "../../changes/document/edits/keyEdit";
import type { PreparedChange } from "../../changes/prepare";
import { documentIn } from "../../changes/document/readDocument";
import { Refusal } from "../../changes/refusal";
import { readUserFile } from "../../changes/disk/userFile";
import { valueAt } from "../../changes/document/valueAt";
import { prepareProviderUndo, prepareUndo } from "../providerUndo";
import { readBefore } from "../../changes/history/before";
import { CC_SWITCH_PATH } from "./ccSwitch/ccSwitchCard";
import { PROVIDER_PATH, usesChatGptLogin } from "./state/state";
import { providerIn } from "./conversations";
import { OUTRANKING_KEYS } from "./configure";

/**
 * Plans the way back of a change of Codex's files. It never makes a state in which Codex sends a ChatGPT token
 * to a host that did not get it before the change: then the login stays out.
 * @param keepProvider leave the provider table that the change brought; old conversations need it
 * @throws Refusal `codex/chatgpt-login-wins` where somebody has signed in since, and the way back leads to a gateway
 */
export async function planUndo(
  store: ChangeStore,
  entry: JournalEntry,
  keepProvider = false,
): Promise<ChangePlan> {
  const provider = providerOf(entry);
  const home = homeOf(entry);
  const undo = await (keepProvider
    ? prepareUndo(store, entry, provider)
    : prepareProviderUndo(store, entry, provider, await harmOf(store, entry, provider, home)));
  const { plan } = undo;
  if (home === undefined) return plan;
  const before = await tokenHost((file) => readBefore(store, entry, file), home);
  const after = await tokenHost(filesAfter(store, undo), home);
  if (after === undefined) return withoutStrayKey(store, entry, undo, home);
  if (after === before) return { ...plan, notices: [...plan.notices, noticeOnToken(after)] };
  return withoutLogin(store, undo, home);
}

/** The same way back with our key in auth.json; a login that somebody made since cannot be left out. */
async function withoutLogin(store: ChangeStore, undo: PreparedChange, home: string): Promise<ChangePlan> {
  const auth = path.join(home, "auth.json");
  const safe = without(undo, auth);
  const host = await tokenHost(filesAfter(store, safe), home);
  if (host !== undefined)
    throw new Refusal("codex/chatgpt-login-wins", noticeOnToken(host), {
      path: path.join(home, "config.toml"),
    });
  const notice = l10n.t(
    "The ChatGPT login in {0} does not come back: Codex would send its token to a gateway.",
    auth,
  );
  const leavesOut = [{ code: "codex/chatgpt-login-wins", message: notice, path: auth }];
  return { ...safe.plan, notices: [...safe.plan.notices, notice], leavesOut };
}

/**
 * The same way back, unless it would send the user's former key to an address that somebody wrote since:
 * then the key in auth.json stays as it is.
 */
async function withoutStrayKey(
  store: ChangeStore,
  entry: JournalEntry,
  undo: PreparedChange,
  home: string,
): Promise<ChangePlan> {
  const before = await keyWay((file) => readBefore(store, entry, file), home);
  const now = await keyWay(async (file) => (await readUserFile(store.fs, file))?.bytes, home);
  const isKnown = async (files: ReadFile) => [undefined, before, now].includes(await keyWay(files, home));
  if (await isKnown(filesAfter(store, undo))) return undo.plan;
  const auth = path.join(home, "auth.json");
  const safe = without(undo, auth);
  const notice = l10n.t(
    "Left alone in {0}: its former key would go to an address that it was not for.",
    auth,
  );
  const leavesOut = [{ code: "codex/key-differs", message: notice, path: auth }];
  if (await isKnown(filesAfter(store, safe)))
    return { ...safe.plan, notices: [...safe.plan.notices, notice], leavesOut };
  throw new Refusal("change/conflict", notice, { path: auth });
}

/** Key and address that Codex would use with such files; undefined where it would send no key of auth.json. */
async function keyWay(read: ReadFile, home: string): Promise<string | undefined> {
  const key = valueAt(documentIn("json", await read(path.join(home, "auth.json"))), ["OPENAI_API_KEY"]);
  const address = await addressAskingForLogin(read, home);
  return typeof key === "string" && key !== "" && address ? JSON.stringify([key, address]) : undefined;
}

/** The table that the change was about: CC Switch's own where its card was ours. */
function providerOf({ files }: JournalEntry): KeyPath {
  const isCcSwitch = files.some(({ edits }) =>
    edits.some(({ path: key }) => startsWith(key, CC_SWITCH_PATH)),
  );
  return isCcSwitch ? CC_SWITCH_PATH : PROVIDER_PATH;
}

/** What may not become of the table: half a provider, or one whose own token goes where it went neither before nor now. */
async function harmOf(store: ChangeStore, entry: JournalEntry, provider: KeyPath, home = "") {
  const config = path.join(home, "config.toml");
  const wayIn = (bytes?: Uint8Array) => tokenWay(providerIn(bytes, provider));
  const before = wayIn(await readBefore(store, entry, config));
  const now = wayIn((await readUserFile(store.fs, config))?.bytes);
  return (file: string, bytes?: Uint8Array) => {
    if (isNameless(file, bytes, provider)) return true;
    const way = file === config ? wayIn(bytes) : undefined;
    return way !== undefined && way !== before && way !== now;
  };
}

/** A provider's own sources of a token together with the address they go to; undefined where it has none. */
function tokenWay(table: unknown): string | undefined {
  const sources = OUTRANKING_KEYS.map((key) => valueAt(table, [key]));
  if (sources.every((source) => source === undefined)) return undefined;
  return JSON.stringify([valueAt(table, ["base_url"]), ...sources]);
}

/** Codex does not start while a provider has no name. */
function isNameless(file: string, bytes: Uint8Array | undefined, provider: KeyPath): boolean {
  const table = file.endsWith("config.toml") ? providerIn(bytes, provider) : undefined;
  return typeof table === "object" && table !== null && !("name" in table);
}

function homeOf({ files }: JournalEntry): string | undefined {
  const own = files.find(({ path: file }) => ["auth.json", "config.toml"].includes(path.basename(file)));
  return own && path.dirname(own.path);
}

type ReadFile = (file: string) => Promise<Uint8Array | undefined>;

/** The same way back with one file left as it is. */
function without({ plan, files }: PreparedChange, path: string): PreparedChange {
  return {
    plan: { ...plan, files: plan.files.filter((file) => file.path !== path) },
    files: files.filter(({ planned }) => planned.path !== path),
  };
}

/** What the files will hold when the change has been carried out. */
function filesAfter(store: ChangeStore, { files }: PreparedChange): ReadFile {
  return async (file) => {
    const prepared = files.find(({ planned }) => planned.path === file);
    return prepared ? prepared.after : (await readUserFile(store.fs, file))?.bytes;
  };
}

/** The gateway to which Codex would send a ChatGPT token with such files; undefined: to none. */
async function tokenHost(read: ReadFile, home: string): Promise<string | undefined> {
  if (!usesChatGptLogin(documentIn("json", await read(path.join(home, "auth.json"))))) return undefined;
  const address = await addressAskingForLogin(read, home);
  if (address === undefined) return undefined;
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Address of the provider in use, if it gets what auth.json holds. */
async function addressAskingForLogin(read: ReadFile, home: string): Promise<string | undefined> {
  const config = documentIn("toml", await read(path.join(home, "config.toml")));
  const id = valueAt(config, ["model_provider"]) ?? "openai";
  // The built-in provider can be led elsewhere, and gets the login all the same (tried with Codex 0.169.0).
  const elsewhere = valueAt(config, ["openai_base_url"]);
  if (id === "openai" && typeof elsewhere === "string") return elsewhere;
  const provider = typeof id === "string" ? valueAt(config, ["model_providers", id]) : undefined;
  // A token of the provider's own wins (reference 0b 30).
  if (typeof valueAt(provider, ["experimental_bearer_token"]) === "string") return undefined;
  // Without a name Codex does not start, so it sends nothing.
  const isUsed =
    valueAt(provider, ["name"]) !== undefined && valueAt(provider, ["requires_openai_auth"]) === true;
  const address = valueAt(provider, ["base_url"]);
  return isUsed && typeof address === "string" ? address : undefined;
}

function noticeOnToken(host: string): string {
  return l10n.t(
    "Afterwards Codex would send your ChatGPT token to {0}: sign out of ChatGPT in Codex, or choose another provider in config.toml.",
    host,
  );
}
