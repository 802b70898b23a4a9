import * as vscode from "vscode";
import type { PreparedChange } from "../../changes/prepare";
import type { JournalEntry } from "../../changes/store";
import { readJournal } from "../../changes/history/journal/journal";
import { undoableEntries } from "../../changes/history/undoableEntries";
import type { Client } from "../../clients/client";
import type { ClientId } from "../../clients/clientId";
import { clientOf } from "../../clients/registry";
import {
  type ChangeOutcome,
  type FindOtherWays,
  type OtherWay,
  resultOf,
  runChange,
  runChanges,
  showRefusal,
} from "./changeFlow";
import type { Finding } from "../../doctor/finding";
import { formatList, textLanguage } from "../../gateway/formats";
import { tellOfUndoneKey } from "../keys/undoneKey";
import type { ConfigureResult } from "./configureResult";
import { showInformationMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";

/** Undoes an earlier change: the one chosen, or without questions the latest of the client, which must be named then. */
export async function restoreConfiguration(
  services: Services,
  id: ClientId | undefined,
  confirm: boolean,
): Promise<ConfigureResult> {
  if (!id && !confirm) return { outcome: "cancelled", files: [], findings: [] };
  const entries = undoableEntries(await readJournal(services.changes), id);
  const nothing: ConfigureResult = {
    ...(id && { client: id }),
    outcome: "unchanged",
    files: [],
    findings: [],
  };
  if (entries.length === 0) {
    if (confirm) void showInformationMessage(vscode.l10n.t("There is no change to undo."));
    return nothing;
  }
  const entry = confirm ? await pickEntry(entries) : entries.find(({ undoes }) => undoes === undefined);
  if (!entry) return { ...nothing, outcome: confirm ? "cancelled" : "unchanged" };
  return restoreEntry(services, entry, confirm);
}

/** Undoes one change. */
export async function restoreEntry(
  services: Services,
  entry: JournalEntry,
  confirm: boolean,
): Promise<ConfigureResult> {
  const client = clientOf(entry);
  const keeping: FindOtherWays = ([undo]) => (undo ? keepingProvider(services, client, entry, undo) : []);
  const makePlan = () => client.planUndo(services.changes, entry);
  const outcome = await runChange(services, makePlan, confirm, keeping);
  if (confirm) await showRestored(outcome);
  if (confirm && outcome.outcome === "applied") void tellOfUndoneKey(services);
  const own = entry.client === client.id && { client: client.id };
  return { ...own, ...resultOf(outcome), findings: leftOutBy(outcome) };
}

/** Takes back what one question changed, in one preview: what the message offers that told of the change. */
export async function undoTogether(services: Services, entries: readonly JournalEntry[] = []): Promise<void> {
  const outcome = await takeBack(services, entries, true);
  await showRestored(outcome);
  if (outcome.outcome === "applied") await tellOfUndoneKey(services);
}

/** The same without a word about how it went. */
export function takeBack(
  services: Services,
  entries: readonly JournalEntry[],
  confirm: boolean,
): Promise<ChangeOutcome> {
  const makePlans = () =>
    Promise.all(entries.map((entry) => clientOf(entry).planUndo(services.changes, entry)));
  return runChanges(services, makePlans, confirm);
}

function leftOutBy({ plans = [] }: ChangeOutcome): Finding[] {
  const leftOut = plans.flatMap(({ leavesOut = [] }) => leavesOut);
  return leftOut.map((left) => ({ ...left, severity: "warning", fixable: false }));
}

/** What the client may need later, so the preview offers an undo that leaves it. */
function keepingProvider(
  services: Services,
  client: Client,
  entry: JournalEntry,
  undo: PreparedChange,
): OtherWay[] {
  const notice = client.reasonToKeepProvider(undo);
  if (notice === undefined) return [];
  const take = () => runChange(services, () => client.planUndo(services.changes, entry, true), true);
  return [{ label: vscode.l10n.t("Keep the Provider Table"), notice, take }];
}

async function pickEntry(entries: readonly JournalEntry[]): Promise<JournalEntry | undefined> {
  const items = entries.map((entry) => ({
    label: entry.title,
    description: new Date(entry.time).toLocaleString(textLanguage()),
    detail: formatList(entry.files.map(({ path }) => path)),
    entry,
  }));
  const choice = await showQuickPick(items, {
    title: vscode.l10n.t("Restore Previous Configuration"),
    placeHolder: vscode.l10n.t("Choose the change to undo; a preview follows"),
  });
  return choice?.entry;
}

/** Tells how a way back went. */
export async function showRestored({ outcome, refusal, plans = [] }: ChangeOutcome): Promise<void> {
  if (refusal) await showRefusal(refusal);
  else if (outcome === "applied") {
    void showInformationMessage(vscode.l10n.t("The previous configuration is back."));
  } else if (outcome === "unchanged") {
    // Without a change there was no preview that could have said it.
    const notices = plans.flatMap((plan) => plan.notices);
    const asBefore = vscode.l10n.t("The files already are as they were before.");
    void showInformationMessage(notices.length > 0 ? notices.join(" ") : asBefore);
  }
}
