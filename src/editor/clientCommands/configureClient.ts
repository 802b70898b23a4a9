import * as vscode from "vscode";
import type { JournalEntry } from "../../changes/store";
import type { Client, ClientState, Obstacle } from "../../clients/client";
import type { ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { KNOWLEDGE } from "../../doctor/problems/knowledge";
import type { Finding } from "../../doctor/finding";
import type { Problem } from "../../doctor/problem";
import { askAfterChange, showChange } from "./afterChange";
import { resultOf, showRefusal } from "./changeFlow";
import type { ConfigureResult, RefusalResult } from "./configureResult";
import { readProfile } from "../connection";
import { showInformationMessage, showWarningMessage } from "../messages/plainWindow";
import { askForNeededKey } from "../keys/neededKey";
import type { Services } from "../services";
import { undoTogether } from "./restoreConfiguration";
import { configureAsWanted } from "./wantedConfiguration";

/** Points a client to TokenPool, changing only what it must. `confirm: false` asks and shows nothing. */
export async function configureClient(
  services: Services,
  id: ClientId,
  confirm: boolean,
): Promise<ConfigureResult> {
  const client = CLIENTS[id];
  const { done, starts, stop, ...result } = await configure(services, client, confirm);
  if (confirm) void showResult(services, client, result, { done, starts, stop });
  return result;
}

/** What the message tells beyond the result. */
interface Afterwards {
  /** What was written, for the undo. */
  readonly done?: readonly JournalEntry[] | undefined;
  /** The client's own word on whether it starts now. */
  readonly starts?: boolean | undefined;
  readonly stop?: Finding | undefined;
}

type Configured = ConfigureResult & Afterwards;

async function configure(services: Services, client: Client, confirm: boolean): Promise<Configured> {
  const nothing = { client: client.id, files: [], findings: [] };
  const refused = (refusal: RefusalResult) => ({ ...nothing, outcome: "refused" as const, refusal });
  const connection = await profileOrAskForKey(services, confirm);
  if ("refusal" in connection) return refused(connection.refusal);
  const { profile } = connection;

  const state = await client.inspect(services.environment(), profile.baseUrl);
  const missing = missingHome(client, state);
  const inTheWay = missing?.refusal ?? client.obstacles(state).map(refusalBy)[0];
  if (inTheWay && !confirm) return refused(inTheWay);
  if (missing && !(await ask(missing))) return { ...nothing, outcome: "cancelled" };

  const outcome = await configureAsWanted(services, { clients: [client], profile }, confirm);
  if (outcome.outcome === "cancelled") return { ...nothing, ...outcome };
  const { entries } = outcome;
  const isAbout = (found: Problem) => found.client === client.id;
  const { findings, stop, starting } = await askAfterChange(
    services,
    [client.id],
    isAbout,
    confirm,
    entries !== undefined,
  );
  return {
    client: client.id,
    ...resultOf(outcome),
    findings,
    done: entries,
    stop,
    starts: starting.includes(client.id),
  };
}

async function profileOrAskForKey(services: Services, confirm: boolean) {
  const connection = await readProfile(services);
  const needsKey = "refusal" in connection && connection.needsKey;
  if (!needsKey || !confirm || !(await askForNeededKey(services))) return connection;
  return readProfile(services);
}

interface Question {
  readonly refusal: RefusalResult;
  readonly agree: string;
}

/** A client that does not find its folder does not start, so the user says first whether it is to be made. */
function missingHome(client: Client, state: ClientState): Question | undefined {
  const { missingDirectory, missingReason } = state;
  const code = `${client.id}/home-missing`;
  if (missingDirectory === undefined) return undefined;
  if (missingReason !== undefined) {
    return { refusal: { code, message: missingReason }, agree: vscode.l10n.t("Configure Anyway") };
  }
  const message = vscode.l10n.t(
    "{0} looks for its files in {1}, which does not exist.",
    client.name,
    missingDirectory,
  );
  return { refusal: { code, message, path: missingDirectory }, agree: vscode.l10n.t("Create It") };
}

/** Why nothing is done about an obstacle of the user's own making that nobody was asked about. */
export function refusalBy({ code, path }: Obstacle): RefusalResult {
  return { code, message: KNOWLEDGE[code]?.title() ?? code, path };
}

/** Modal, because the answer decides whether there is a preview. */
async function ask({ refusal, agree }: Question): Promise<boolean> {
  return (await showWarningMessage(refusal.message, { modal: true }, agree)) === agree;
}

async function showResult(
  services: Services,
  client: Client,
  result: ConfigureResult,
  afterwards: Afterwards,
): Promise<void> {
  if (result.refusal) await showRefusal(result.refusal);
  else if (result.outcome === "unchanged") {
    void showInformationMessage(
      vscode.l10n.t("{0} is already configured for TokenPool. Nothing was changed.", client.name),
    );
  } else if (result.outcome === "applied") await showApplied(services, client, result, afterwards);
}

async function showApplied(
  services: Services,
  client: Client,
  { findings }: ConfigureResult,
  { done, starts, stop }: Afterwards,
): Promise<void> {
  const undo = vscode.l10n.t("Undo");
  const changed = vscode.l10n.t("{0} now uses TokenPool.", client.name);
  // The change is right, and the client rejects something else in the file all the same.
  if (stop) return showChange(services, changed, done, stop);
  const [inTheWay] = findings.filter(({ code }) => code !== "client/not-installed");
  if (inTheWay) {
    const look = vscode.l10n.t("Open Troubleshooting");
    const choice = await showWarningMessage(`${changed} ${inTheWay.message}`, look, undo);
    if (choice === undo) await undoTogether(services, done);
    if (choice === look) services.troubleshoot();
  } else if (findings.length > 0) {
    const install = vscode.l10n.t("How to Install {0}", client.name);
    const missing = vscode.l10n.t("{0} was not found on this machine yet.", client.name);
    const choice = await showInformationMessage(`${changed} ${missing}`, install, undo);
    if (choice === undo) await undoTogether(services, done);
    if (choice === install) await vscode.env.openExternal(vscode.Uri.parse(client.installUrl));
  } else {
    const success = starts
      ? vscode.l10n.t("{0} now uses TokenPool, and starts with this configuration.", client.name)
      : changed;
    await showChange(services, `${success} ${client.nextStep()}`, done, stop, [client.id]);
  }
}
