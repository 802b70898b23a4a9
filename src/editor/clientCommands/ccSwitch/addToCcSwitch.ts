import * as vscode from "vscode";
import type { Client } from "../../../clients/client";
import type { ClientId } from "../../../clients/clientId";
import { CC_SWITCH_APPS } from "../../../clients/ccswitch/apps";
import { markOf } from "../../../clients/ccswitch/arrival";
import { type CcSwitchState, inspectCcSwitch } from "../../../clients/ccswitch/state";
import { handOverWay, type HandOverWay, mayHandOverSilently } from "../../../clients/ccswitch/handOver";
import { importLink, type ImportOptions } from "../../../clients/ccswitch/importLink";
import { isCcSwitchRunning } from "../../../clients/ccswitch/runningProgram";
import { waitUntilRunning } from "../../../clients/ccswitch/waiting";
import type { ConnectionProfile } from "../../../gateway/connectionProfile";
import { refusalResult, showRefusal } from "../changeFlow";
import { watchCcSwitch } from "./arrival";
import { agree, askToOpen, askWishes } from "./questions";
import { clearClipboardLater } from "./clearClipboard";
import { pickClient } from "../clientPicker";
import type { RefusalResult } from "../configureResult";
import { readProfile } from "../../connection";
import { showInformationMessage } from "../../messages/plainWindow";
import { askForNeededKey } from "../../keys/neededKey";
import type { Services } from "../../services";

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
  const client = named ?? (confirm ? await pickKnownClient() : "codex");
  if (!client) return "cancelled";
  const app = CC_SWITCH_APPS[client];
  if (!app) return "refused";
  const way = handOverWay(vscode.env.remoteName, vscode.env.uiKind === vscode.UIKind.Web);
  const environment = services.environment();
  const state = await inspectCcSwitch(environment);
  const obstacle = state.problem ?? (await app.obstacle?.(environment, state));
  if (obstacle) return refused(refusalResult(obstacle));

  let connection = await readProfile(services);
  if ("refusal" in connection && connection.needsKey && confirm) {
    if (!(await askForNeededKey(services))) return "cancelled";
    connection = await readProfile(services);
  }
  if ("refusal" in connection) return refused(connection.refusal);
  const { profile } = connection;

  const reason = await app.reasonForNoLink?.(environment, state, profile.baseUrl);
  if (reason !== undefined) {
    if (confirm) void showInformationMessage(reason);
    return "unchanged";
  }
  let options: ImportOptions = { app, switchNow: false, withBalance: false };
  if (confirm) {
    const wishes = await askWishes(app);
    if (!wishes) return "cancelled";
    options = { app, ...wishes };
    const { switching } = app;
    const seemsThere = switching && (switching.usesOurCard(state) || services.memory.get(TAKEN) === true);
    if (!(await agree(way, app, seemsThere === true))) return "cancelled";
    await services.memory.update(AGREED, true);
    if (way === "opened" && !(await isOpen(services))) return "cancelled";
  } else {
    const isRunning = way === "opened" ? await isCcSwitchRunning(services.environment()) : undefined;
    if (!mayHandOverSilently(services.memory.get(AGREED) === true, isRunning)) return "refused";
  }
  await send(services, state, way, profile, options, confirm);
  return way;
}

async function pickKnownClient(): Promise<ClientId | undefined> {
  const isKnown = ({ id }: Client) => CC_SWITCH_APPS[id] !== undefined;
  return (await pickClient(vscode.l10n.t("Add to CC Switch"), isKnown))?.id;
}

function isOpen(services: Services): Promise<boolean> {
  return waitUntilRunning(() => isCcSwitchRunning(services.environment()), askToOpen);
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
    if (arrival && options.app.switching) await services.memory.update(TAKEN, true);
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
