import * as vscode from "vscode";
import type { ChangePlan } from "../../changes/plan";
import { CLIENT_IDS } from "../../clients/clientId";
import { type AllFixes, isPartOfAll, planAllFixes } from "../../doctor/fixes/allFixes";
import { toFinding } from "../../doctor/diagnose";
import type { Finding } from "../../doctor/finding";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { askAfterChange, showChange } from "./afterChange";
import { resultOf, runChanges, showRefusal } from "./changeFlow";
import type { ConfigureResult } from "./configureResult";
import { saveFirst } from "./saveFirst";

/**
 * Fixes everything that a change of files fixes, also what shows only after the first fixes: one preview, all or
 * nothing. `confirm: false` asks and shows nothing.
 */
export async function fixAll(services: Services, confirm: boolean): Promise<ConfigureResult> {
  const { problems } = await services.diagnosis.look("asked");
  if (!problems.some(isPartOfAll)) {
    if (confirm) void showNothing();
    return { outcome: "unchanged", files: [], findings: problems.map(toFinding) };
  }
  // Planned again whenever files have changed; the last time is what was written.
  let latest: AllFixes = { plans: [], fixed: [] };
  const makePlans = async (): Promise<readonly ChangePlan[]> => {
    const known = await services.diagnosis.look("asked");
    const lookAt = async (fs: typeof services.changes.fs) =>
      (await services.diagnosis.planned(known, fs)).problems;
    latest = await planAllFixes(services.environment().fs, known.problems, lookAt);
    return latest.plans;
  };
  if (confirm && !(await saveFirst(await pathsOf(makePlans)))) {
    return { outcome: "cancelled", files: [], findings: problems.map(toFinding) };
  }
  const outcome = await runChanges(services, makePlans, confirm);
  if (confirm && outcome.refusal) void showRefusal(outcome.refusal);
  const isApplied = outcome.outcome === "applied";
  const changed = CLIENT_IDS.filter((id) => latest.plans.some(({ client }) => client === id));
  const { findings, stop } = await askAfterChange(
    services,
    isApplied ? changed : [],
    () => true,
    confirm,
    true,
  );
  if (confirm && outcome.outcome === "unchanged") void showNothing();
  if (confirm && isApplied) void showChange(services, doneText(latest, findings), outcome.entries, stop);
  return { ...resultOf(outcome), findings };
}

function showNothing() {
  return showInformationMessage(vscode.l10n.t("There is nothing to fix in files."));
}

async function pathsOf(makePlans: () => Promise<readonly ChangePlan[]>): Promise<string[]> {
  return (await makePlans()).flatMap(({ files }) => files.map(({ path }) => path));
}

function doneText({ fixed }: AllFixes, findings: readonly Finding[]): string {
  const done = vscode.l10n.t("Problems fixed: {0}.", fixed.length);
  const left = findings.filter(({ severity }) => severity !== "information").length;
  return left === 0 ? done : `${done} ${vscode.l10n.t("Still to do: {0}. Troubleshooting says what.", left)}`;
}
