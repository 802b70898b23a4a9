import * as vscode from "vscode";
import type { Refusal } from "../../../changes/refusal";
import { readClientFile, stringAt } from "../../../clients/configFile";
import type { ClientId } from "../../../clients/clientId";
import { markOf } from "../../../clients/ccswitch/arrival";
import { type CcSwitchState, inspectCcSwitch, usesOurCard } from "../../../clients/ccswitch/state";
import { handOverWay, type HandOverWay, mayHandOverSilently } from "../../../clients/ccswitch/handOver";
import { importLink, type ImportOptions } from "../../../clients/ccswitch/importLink";
import { isCcSwitchRunning } from "../../../clients/ccswitch/runningProgram";
import { waitUntilRunning } from "../../../clients/ccswitch/waiting";
import { PROVIDER_PATH } from "../../../clients/opencode/state/provider";
import { pathRules } from "../../../clients/machine/pathRules";
import type { ConnectionProfile } from "../../../gateway/connectionProfile";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import { refusalResult, showRefusal } from "../changeFlow";
import { watchCcSwitch } from "./arrival";
import { agree, askToOpen, askWishes } from "./questions";
import { clearClipboardLater } from "./clearClipboard";
import { pickClient } from "../clientPicker";
import type { RefusalResult } from "../configureResult";
import { readProfile } from "../../connection";
import { showInformationMessage } from "../../messages/plainWindow";
import type { Services } from "../../services";
import { setApiKey } from "../../setUp/setApiKey";

interface AddToCcSwitchResult {
  readonly outcome: "opened" | "copied" | "unchanged" | "cancelled" | "refused";
}

/** In VS Code's global state: the user has read once on this machine what the link does with the key. */
const AGREED = "ccSwitch.agreed";
/** CC Switch was seen to save something after a link of ours. */
const TAKEN = "ccSwitch.taken";

/** Hands TokenPool over to CC Switch by a link, which holds the key: it is never part of the result, a message or the log. */
export async function addToCcSwitch(
  services: Services,
  client: ClientId | undefined,
  confirm: boolean,
): Promise<AddToCcSwitchResult> {
  const outcome = await handOver(services, client, confirm);
  services.log.info(`CC Switch: ${outcome}`);
  return { outcome };
}

async function handOver(
  services: Services,
  named: ClientId | undefined,
  confirm: boolean,
): Promise<AddToCcSwitchResult["outcome"]> {
  const refused = (refusal: RefusalResult) => {
    if (confirm) void showRefusal(refusal);
    return "refused" as const;
  };
  const client = named ?? (confirm ? (await pickClient(vscode.l10n.t("Add to CC Switch")))?.id : "codex");
  if (!client) return "cancelled";
  const way = handOverWay(vscode.env.remoteName, vscode.env.uiKind === vscode.UIKind.Web);
  const state = await inspectCcSwitch(services.environment());
  const obstacle = state.problem ?? (client === "codex" ? await brokenConfig(services, state) : undefined);
  if (obstacle) return refused(refusalResult(obstacle));

  let connection = await readProfile(services);
  if ("refusal" in connection && connection.refusal.code === "key/missing" && confirm) {
    if (!(await setApiKey(services))) return "cancelled";
    connection = await readProfile(services);
  }
  if ("refusal" in connection) return refused(connection.refusal);
  const { profile } = connection;

  if (client === "opencode" && (await isInOpencode(services, state, profile.baseUrl))) {
    if (confirm) void showInformationMessage(appearsByItself());
    return "unchanged";
  }
  let options: ImportOptions = { client, switchNow: false, withBalance: false };
  if (confirm) {
    const wishes = await askWishes(client);
    if (!wishes) return "cancelled";
    options = { client, ...wishes };
    const seemsThere = client === "codex" && (usesOurCard(state) || services.memory.get(TAKEN) === true);
    if (!(await agree(way, options, seemsThere))) return "cancelled";
    await services.memory.update(AGREED, true);
    if (way === "opened" && !(await isOpen(services))) return "cancelled";
  } else {
    const isRunning = way === "opened" ? await isCcSwitchRunning(services.environment()) : undefined;
    if (!mayHandOverSilently(services.memory.get(AGREED) === true, isRunning)) return "refused";
  }
  await send(services, state, way, profile, options, confirm);
  return way;
}

function isOpen(services: Services): Promise<boolean> {
  return waitUntilRunning(() => isCcSwitchRunning(services.environment()), askToOpen);
}

/** CC Switch would overwrite a config.toml that it cannot read, and auth.json too, without a backup. */
async function brokenConfig(services: Services, state: CcSwitchState): Promise<Refusal | undefined> {
  const { fs, platform } = services.environment();
  const file = pathRules(platform).join(state.codexDirectory, "config.toml");
  const { problem } = await readClientFile(fs, file, "toml");
  return problem;
}

/** CC Switch takes every provider over that stands in OpenCode's own file, whoever wrote it. */
async function isInOpencode(services: Services, state: CcSwitchState, baseUrl: string): Promise<boolean> {
  const file = await readClientFile(services.environment().fs, state.opencodeFile, "jsonc");
  const address = stringAt(file, [...PROVIDER_PATH, "options", "baseURL"]);
  return address !== undefined && isTokenPoolBaseUrl(address, baseUrl);
}

function appearsByItself(): string {
  return vscode.l10n.t(
    "OpenCode is configured for TokenPool, and CC Switch shows that provider by itself when it starts the next time. A link would only add a second, poorer one.",
  );
}

async function send(
  services: Services,
  state: CcSwitchState,
  way: HandOverWay,
  profile: ConnectionProfile,
  options: ImportOptions,
  confirm: boolean,
): Promise<void> {
  const link = importLink(profile, options);
  const before = await markOf(services.environment().fs, state, profile.baseUrl);
  const copy = async () => {
    await vscode.env.clipboard.writeText(link);
    const clear = vscode.l10n.t("Clear It in a Minute");
    const message = vscode.l10n.t(
      "The link is on the clipboard, with your API key. Open it on the desktop where CC Switch runs, for example in a browser's address bar.",
    );
    if (!confirm) return;
    void showInformationMessage(message, clear).then((answer) => {
      if (answer === clear) clearClipboardLater(vscode.env.clipboard, link);
    });
  };
  // A Uri would spell the values in another way, which CC Switch refuses or takes for others.
  const open = () => vscode.env.openExternal(link as unknown as vscode.Uri);
  // It may have ended since.
  const openAgain = async () => {
    if (await isOpen(services)) await open();
  };
  if (way === "copied") await copy();
  else await open();
  void watchCcSwitch(services.environment(), before, profile.baseUrl).then(async (arrival) => {
    if (arrival && options.client === "codex") await services.memory.update(TAKEN, true);
    if (!confirm) return;
    if (arrival === "current") {
      void showInformationMessage(vscode.l10n.t("TokenPool is now in CC Switch."));
    } else if (arrival === "saved") {
      void showInformationMessage(
        vscode.l10n.t(
          "CC Switch has saved something. If it was TokenPool, choose it there when you want to use it.",
        ),
      );
    } else if (way === "opened") await offerAgain(openAgain, copy);
  });
}

/** Nothing came up, or the user has not said Import yet. */
async function offerAgain(open: () => Promise<void>, copy: () => Promise<void>): Promise<void> {
  const openAgain = vscode.l10n.t("Open Again");
  const copyLink = vscode.l10n.t("Copy Link");
  const message = vscode.l10n.t(
    "CC Switch has not taken TokenPool yet. If no dialog came up there, see that it is open and try again.",
  );
  const answer = await showInformationMessage(message, openAgain, copyLink);
  if (answer === openAgain) await open();
  if (answer === copyLink) await copy();
}
