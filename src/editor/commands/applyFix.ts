import * as vscode from "vscode";
import { diagnose, toFinding } from "../../doctor/diagnose";
import { fixFor } from "../../doctor/fixFor";
import { isProblemCode } from "../../doctor/knowledge/knowledge";
import { runChange, showRefusal } from "../changeFlow";
import type { ConfigureResult } from "../configureResult";
import { lookAtMachine } from "../diagnosis";
import type { Services } from "../services";

/** Mends the problem with this code (and in this file, where one is named). `confirm: false` asks and shows nothing. */
export async function applyFix(
  services: Services,
  { code, path }: { code: unknown; path: unknown },
  confirm: boolean,
): Promise<ConfigureResult> {
  const find = async () => {
    const snapshot = await lookAtMachine(services);
    const found = diagnose(snapshot).find(
      (each) => each.code === code && (path === undefined || each.path === path),
    );
    // Some problems show themselves in an error text only.
    const isExplained = path === undefined && typeof code === "string" && isProblemCode(code);
    return { found, fix: found?.fix ?? (isExplained ? fixFor(code, snapshot) : undefined) };
  };
  const { found, fix } = await find();
  const client = found?.client && { client: found.client };
  const plan = fix?.();
  if (!plan) return { ...client, outcome: "unchanged", files: [], findings: found ? [toFinding(found)] : [] };
  const outcome = await runChange(services, async () => (await find()).fix?.() ?? plan, confirm);
  if (confirm && outcome.refusal) void showRefusal(outcome.refusal);
  if (confirm && outcome.outcome === "applied")
    void vscode.window.showInformationMessage(vscode.l10n.t("Done: {0}", plan.title));
  const { found: left } = await find();
  return { ...client, ...outcome, findings: left ? [toFinding(left)] : [] };
}
