import * as vscode from "vscode";
import type { MakePlan, MakePlans } from "../../changes/apply";
import type { JournalEntry } from "../../changes/store";
import type { ChangePlan } from "../../changes/plan";
import type { PreparedChange } from "../../changes/prepare";
import { Refusal } from "../../changes/refusal";
import type { ConfigureResult, FileResult, RefusalResult } from "./configureResult";
import { movingUntilShown, showErrorMessage, showQuickPick } from "../messages/plainWindow";
import type { Services } from "../services";

export interface ChangeOutcome extends Pick<ConfigureResult, "outcome" | "files" | "refusal"> {
  /** What was written: one entry for each plan that had something to do. */
  readonly entries?: readonly JournalEntry[];
  /** What was planned; left out where it was refused or cancelled. */
  readonly plans?: readonly ChangePlan[];
}

/** The part of an outcome that other programs get. */
export function resultOf({ outcome, files, refusal }: ChangeOutcome) {
  return { outcome, files, ...(refusal && { refusal }) };
}

/** What Change… in the preview offers instead of applying the plan it shows. */
export interface OtherWay {
  readonly label: string;
  /** What it is now. */
  readonly description?: string;
  /** Tells what the difference is for the user. */
  readonly notice?: string;
  /** Asks and shows what it has to by itself. */
  readonly take: () => Promise<ChangeOutcome>;
}

/** Finds them once it is known what the plans do. */
export type FindOtherWays = (prepared: readonly PreparedChange[]) => readonly OtherWay[];

/**
 * The one way from plans to files: prepare, one preview for all (unless `confirm` is false), apply all.
 * Never throws: whatever goes wrong is a refusal that leaves every file of every plan as it was.
 */
export async function runChanges(
  services: Services,
  makePlans: MakePlans,
  confirm: boolean,
  findOthers: FindOtherWays = () => [],
): Promise<ChangeOutcome> {
  // The next question is planned when this one is answered and done: its preview would show what is not there any more.
  const endTurn = confirm ? await services.preview.turn() : undefined;
  let chosen: ChangeOutcome | OtherWay;
  try {
    const run = () => askAndApply(services, makePlans, confirm, findOthers);
    chosen = await (confirm ? movingUntilShown(run) : run());
  } catch (error) {
    const refusal = refusalResult(error);
    services.log.warn(`refused: ${refusal.code} ${refusal.path ?? ""}`);
    if (refusal.report !== undefined) services.log.warn(refusal.report);
    chosen = { outcome: "refused", files: [], refusal };
  } finally {
    endTurn?.();
  }
  return "take" in chosen ? chosen.take() : chosen;
}

/** The same for a single plan. */
export function runChange(
  services: Services,
  makePlan: MakePlan,
  confirm: boolean,
  findOthers?: FindOtherWays,
): Promise<ChangeOutcome> {
  return runChanges(services, async () => [await makePlan()], confirm, findOthers);
}

/**
 * @param why it is asked once more; empty: it is not
 * @returns another way where the user chose one
 */
async function askAndApply(
  services: Services,
  makePlans: MakePlans,
  confirm: boolean,
  findOthers: FindOtherWays,
  why = "",
): Promise<ChangeOutcome | OtherWay> {
  const { prepareChanges, isUnchanged, NotAsShown } = await import("../../changes/prepare");
  const { applyChanges } = await import("../../changes/apply");
  const { recoverInterruptedChanges } = await import("../../changes/history/recovery");
  await recoverInterruptedChanges(services.changes);
  const prepared = await prepareChanges(services.changes.fs, await makePlans());
  const plans = prepared.map(({ plan }) => plan);
  const unchanged = () => ({ outcome: "unchanged" as const, files: fileResults(prepared, []), plans });
  if (prepared.every(isUnchanged)) return unchanged();
  const answer = confirm ? await ask(services, prepared, findOthers(prepared), why) : "apply";
  if (answer === "cancel") return { outcome: "cancelled", files: [] };
  if (answer !== "apply") return answer;
  let entries: readonly JournalEntry[];
  try {
    entries = await applyChanges(services.changes, makePlans, prepared);
  } catch (error) {
    if (!confirm || !(error instanceof NotAsShown)) throw error;
    // What the user agreed to is not what would be written, so that is shown.
    return askAndApply(services, makePlans, confirm, findOthers, error.message);
  }
  // Another window was faster: an undo of ours would take back nothing.
  if (entries.length === 0) return unchanged();
  for (const { title } of entries) services.log.info(`applied: ${title}`);
  services.watch.lookAgain();
  services.secretGuard.filesChanged();
  return { outcome: "applied", files: fileResults(prepared, entries), entries, plans };
}

/** Shows the preview until it is applied, cancelled or left for another way. */
async function ask(
  services: Services,
  prepared: readonly PreparedChange[],
  others: readonly OtherWay[],
  why: string,
): Promise<"apply" | "cancel" | OtherWay> {
  const notices = others.flatMap(({ notice }) => notice ?? []);
  for (;;) {
    const answer = await services.preview.ask(prepared, notices, others.length > 0, why);
    if (answer !== "change") return answer;
    const other = await showQuickPick(others, { title: vscode.l10n.t("Change What Is Applied") });
    if (other) return other;
  }
}

/** Of what was previewed, only what was written counts: less may have been left to do. */
function fileResults(prepared: readonly PreparedChange[], entries: readonly JournalEntry[]): FileResult[] {
  const written = entries.flatMap(({ files }) => files);
  return prepared
    .flatMap(({ files }) => files)
    .map(({ planned, change }) => {
      const done = written.find(({ path }) => path === planned.path);
      const { backup } = done ?? {};
      return { path: planned.path, change: done ? change : "unchanged", ...(backup && { backup }) };
    });
}

/** Why something was not done, as a command answers it. */
export function refusalResult(error: unknown): RefusalResult {
  if (error instanceof Refusal) {
    const { code, message, where, report } = error;
    return { code, message, ...where, ...(report !== undefined && { report }) };
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return {
    code: "change/write-failed",
    message: vscode.l10n.t("The change could not be written ({0}).", code),
  };
}

/** Shows why nothing was written, with a way to the place in the file and to a report of what may be our error. */
export async function showRefusal(refusal: RefusalResult): Promise<void> {
  const { path, report } = refusal;
  const openFile = vscode.l10n.t("Open File");
  const copyReport = vscode.l10n.t("Copy Report");
  const actions = [...(report === undefined ? [] : [copyReport]), ...(path === undefined ? [] : [openFile])];
  const choice = await showErrorMessage(describe(refusal), ...actions);
  if (choice === copyReport && report !== undefined) await vscode.env.clipboard.writeText(report);
  if (choice === openFile && path !== undefined) await openAt(path, refusal.line, refusal.column);
}

/** Opens a file with the cursor at a place, 0-based. */
export async function openAt(path: string, line = 0, column = 0): Promise<void> {
  const position = new vscode.Position(line, column);
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Range(position, position),
  });
}

function describe({ message, path, line, column }: RefusalResult): string {
  if (path === undefined || message.includes(path)) return message;
  if (line === undefined) return vscode.l10n.t("{0}: {1}", path, message);
  // People count lines and columns from 1.
  return vscode.l10n.t(
    "{0}, line {1}, column {2}: {3} Nothing was changed.",
    path,
    line + 1,
    (column ?? 0) + 1,
    message,
  );
}
