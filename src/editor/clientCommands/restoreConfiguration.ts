import * as vscode from "vscode";
import type { MakePlan, MakePlans } from "../../changes/apply";
import type { ChangePlan } from "../../changes/plan";
import type { ChangeStore, JournalEntry } from "../../changes/store";
import { readJournal } from "../../changes/history/journal";
import { Refusal } from "../../changes/refusal";
import { undoableEntries } from "../../changes/history/undoableEntries";
import type { ClientId } from "../../clients/clientId";
import {
  type ChangeOutcome,
  type OtherWay,
  resultOf,
  runChange,
  runChanges,
  showRefusal,
} from "./changeFlow";
import type { Finding } from "../../doctor/finding";
import type { ConfigureResult } from "./configureResult";
import { showInformationMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";

/** Undoes an earlier change: the one chosen, or without questions the latest of the client. */
export async function restoreConfiguration(
  services: Services,
  client: ClientId | undefined,
  confirm: boolean,
): Promise<ConfigureResult> {
  const entries = undoableEntries(await readJournal(services.changes), client);
  const nothing: ConfigureResult = {
    ...(client && { client }),
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
  const makePlan = () => planWayBack(services.changes, entry);
  const other = confirm ? await keepingProvider(services, entry) : undefined;
  // What the plan leaves out is known before: afterwards there is nothing left to undo.
  const leftOut = await findingsOf(makePlan);
  const outcome = await runChange(services, makePlan, confirm, other);
  if (confirm) await showResult(outcome, async () => [await makePlan()]);
  const id = entry.client as ClientId | undefined;
  return { ...(id && { client: id }), ...resultOf(outcome), findings: outcome.refusal ? [] : leftOut };
}

/** Takes back what one question changed, in one preview: what the message offers that told of the change. */
export async function undoTogether(services: Services, entries: readonly JournalEntry[] = []): Promise<void> {
  const makePlans = () => Promise.all(entries.map((entry) => planWayBack(services.changes, entry)));
  await showResult(await runChanges(services, makePlans, true), makePlans);
}

/** A plan that cannot be made is refused by the change itself. */
async function findingsOf(makePlan: MakePlan): Promise<Finding[]> {
  const { leavesOut = [] } = await makePlan().catch((): Partial<ChangePlan> => ({}));
  return leavesOut.map((left) => ({ ...left, severity: "warning", fixable: false }));
}

/** A change of several clients is treated as one of Codex's, whose files need most care. */
async function planWayBack(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  if (entry.client === "opencode")
    return (await import("../../clients/opencode/undo")).planOpencodeUndo(store, entry);
  const { planCodexUndo } = await import("../../clients/codex/undo");
  return planCodexUndo(store, entry);
}

/** Old conversations of Codex need TokenPool's table, so the preview offers an undo that leaves it. */
async function keepingProvider(services: Services, entry: JournalEntry): Promise<OtherWay | undefined> {
  const { changes } = services;
  if (entry.client !== "codex" || !(await endsConversations(changes, entry))) return undefined;
  return {
    label: vscode.l10n.t("Keep the Provider Table"),
    notice: vscode.l10n.t(
      "Conversations you had with TokenPool can be continued (codex -c model_provider=OpenAI resume) only while its provider table stays; it holds no key.",
    ),
    take: async () => {
      const { planCodexUndo } = await import("../../clients/codex/undo");
      return runChange(services, () => planCodexUndo(changes, entry, true), true);
    },
  };
}

/** A file that cannot be changed is reported by the change itself. */
async function endsConversations(store: ChangeStore, entry: JournalEntry): Promise<boolean> {
  const { endsConversations } = await import("../../clients/codex/conversations");
  const { prepareChange } = await import("../../changes/prepare");
  try {
    return endsConversations(await prepareChange(store.fs, await planWayBack(store, entry)));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function pickEntry(entries: readonly JournalEntry[]): Promise<JournalEntry | undefined> {
  const items = entries.map((entry) => ({
    label: entry.title,
    description: new Date(entry.time).toLocaleString(vscode.env.language),
    detail: entry.files.map(({ path }) => path).join(", "),
    entry,
  }));
  const choice = await showQuickPick(items, {
    title: vscode.l10n.t("Restore Previous Configuration"),
    placeHolder: vscode.l10n.t("Choose the change to undo; a preview follows"),
  });
  return choice?.entry;
}

async function showResult({ outcome, refusal }: ChangeOutcome, makePlans: MakePlans): Promise<void> {
  if (refusal) await showRefusal(refusal);
  else if (outcome === "applied") {
    void showInformationMessage(vscode.l10n.t("The previous configuration is back."));
  } else if (outcome === "unchanged") {
    // Without a change there was no preview that could have said it.
    const notices = (await makePlans()).flatMap((plan) => plan.notices);
    const asBefore = vscode.l10n.t("The files already are as they were before.");
    void showInformationMessage(notices.length > 0 ? notices.join(" ") : asBefore);
  }
}
