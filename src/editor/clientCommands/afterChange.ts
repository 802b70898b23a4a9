import * as vscode from "vscode";
import { formatList } from "../../gateway/formats";
import type { JournalEntry } from "../../changes/store";
import type { ClientId } from "../../clients/clientId";
import { firstProgram } from "../../clients/machine/searchPath";
import { CLIENTS } from "../../clients/registry";
import { toFinding } from "../../doctor/diagnose";
import type { Finding } from "../../doctor/finding";
import type { Problem } from "../../doctor/problem";
import { tellsOf } from "../../doctor/stop";
import { openAt } from "./changeFlow";
import { showInformationMessage, showWarningMessage, withProgress } from "../messages/plainWindow";
import { undoTogether } from "./restoreConfiguration";
import type { Services } from "../services";

interface AfterChange {
  /** What still stands in the way. */
  readonly findings: readonly Finding[];
  /** What keeps a client from starting, by its own word. */
  readonly stop?: Finding | undefined;
  /** Clients that say themselves that they start. */
  readonly starting: readonly ClientId[];
}

/**
 * Looks at what a change left in the way, the changed clients' own word included. Asking a client takes up to some
 * seconds, and the user sees why, and that the files are safe.
 * @param clients those whose files were changed
 * @param concerns which findings count beside the clients' own word
 * @param confirm false: nothing is shown
 * @param isWritten the change was made, and not found to be there already
 */
export async function askAfterChange(
  services: Services,
  clients: readonly ClientId[],
  concerns: (found: Problem) => boolean,
  confirm: boolean,
  isWritten: boolean,
): Promise<AfterChange> {
  const look = () => lookAfterChange(services, clients, concerns);
  if (!confirm || clients.length === 0) return look();
  const names = formatList(clients.map((id) => CLIENTS[id].name));
  const title = isWritten
    ? vscode.l10n.t("The files are written. Trying them with {0}…", names)
    : vscode.l10n.t("Trying the configuration with {0}…", names);
  return withProgress({ location: vscode.ProgressLocation.Notification, title }, look);
}

/** A look that fails makes nothing undone: the files are written by then. */
async function lookAfterChange(
  services: Services,
  clients: readonly ClientId[],
  concerns: (found: Problem) => boolean,
): Promise<AfterChange> {
  try {
    const { snapshot, problems } = await services.diagnosis.ask(clients, services);
    const stops = clients.flatMap((client) => {
      const check = snapshot.startChecks[client];
      return check && !check.starts ? { client, ...check } : [];
    });
    const isStop = (found: Problem) => stops.some((stop) => tellsOf(found, stop));
    const stop = problems.find(isStop);
    return {
      findings: problems.filter((found) => concerns(found) || isStop(found)).map(toFinding),
      stop: stop && toFinding(stop),
      starting: clients.filter((id) => snapshot.startChecks[id]?.starts),
    };
  } catch (error) {
    services.log.error(error instanceof Error ? error : String(error));
    return { findings: [], starting: [] };
  }
}

/**
 * Tells of a change that was made, with what keeps a client from starting all the same, and offers the way back.
 * @param entries what was written; undefined: nothing
 * @param configured clients that use TokenPool now: the user is offered to see the first one answer that can
 */
export async function showChange(
  services: Services,
  done: string,
  entries: readonly JournalEntry[] | undefined,
  stop: Finding | undefined,
  configured: readonly ClientId[] = [],
): Promise<void> {
  const undo = vscode.l10n.t("Undo");
  const open = vscode.l10n.t("Open File");
  const { message, path, range } = stop ?? {};
  const tried = message === undefined ? await firstInstalled(services, configured) : undefined;
  const proof = tried && vscode.l10n.t("Try {0} (uses quota)", CLIENTS[tried].name);
  const buttons = [path === undefined ? proof : open, entries && undo].filter((each) => each !== undefined);
  const choice = await (message === undefined
    ? showInformationMessage(done, ...buttons)
    : showWarningMessage(`${done} ${message}`, ...buttons));
  if (choice === undefined) return;
  if (choice === undo) await undoTogether(services, entries);
  if (choice === open && path !== undefined) await openAt(path, range?.line, range?.column);
  if (choice === proof && tried) await (await import("../terminal/tryClient")).tryClient(services, tried);
}

async function firstInstalled(
  services: Services,
  clients: readonly ClientId[],
): Promise<ClientId | undefined> {
  for (const id of clients) {
    if ((await firstProgram(services.environment(), CLIENTS[id].program)) !== undefined) return id;
  }
  return undefined;
}
