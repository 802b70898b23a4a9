import * as vscode from "vscode";
import type { ChangePlan } from "../../changes/plan";
import { mergePlans } from "../../changes/mergePlans";
import { isSamePlace } from "../../changes/spelling";
import type { Obstacle } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { toFinding } from "../../doctor/diagnose";
import { isPartOfAll } from "../../doctor/fixes/allFixes";
import { fixFor } from "../../doctor/fixes/fixFor";
import { isProblemCode } from "../../doctor/problems/knowledge";
import { type Problem, problemId } from "../../doctor/problem";
import { askAfterChange, showChange } from "./afterChange";
import { resultOf, runChange, showRefusal } from "./changeFlow";
import { refusalBy } from "./configureClient";
import type { ConfigureResult } from "./configureResult";
import type { Look } from "../diagnosis/look";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { saveFirst } from "./saveFirst";

/** What is to be fixed: a problem by its id, or by its code, in one file if a path is given, or everything in a file. */
export interface WantedFix {
  readonly id?: unknown;
  readonly code?: unknown;
  readonly path?: unknown;
}

/** Fixes problems through preview, backup and journal. `confirm: false` asks and shows nothing. */
export async function applyFix(
  services: Services,
  wanted: WantedFix,
  confirm: boolean,
): Promise<ConfigureResult> {
  if (confirm && typeof wanted.path === "string" && !(await saveFirst([wanted.path])))
    return { outcome: "cancelled", files: [], findings: [] };
  const known = await services.diagnosis.look("asked");
  const found = known.problems.filter((each) => isWanted(each, wanted));
  const [first] = found;
  const client = first?.client && { client: first.client };
  const plan = planFor(known, wanted);
  if (!plan) {
    if (confirm) void showFixed();
    return { ...client, outcome: "unchanged", files: [], findings: found.map(toFinding) };
  }
  const obstacle = confirm ? undefined : unasked(known, plan, wanted);
  if (obstacle)
    return {
      ...client,
      outcome: "refused",
      files: [],
      refusal: refusalBy(obstacle),
      findings: found.map(toFinding),
    };
  const makePlan = async () => planFor(await services.diagnosis.look("asked"), wanted) ?? plan;
  const outcome = await runChange(services, makePlan, confirm);
  if (confirm && outcome.refusal) void showRefusal(outcome.refusal);
  if (confirm && outcome.outcome === "unchanged") void showFixed();
  const clients = outcome.outcome === "applied" && first?.client ? [first.client] : [];
  const { findings, stop } = await askAfterChange(
    services,
    clients,
    (each) => isWanted(each, wanted),
    confirm,
    true,
  );
  if (confirm && outcome.outcome === "applied") {
    void showChange(services, vscode.l10n.t("Fixed: {0}.", plan.title), outcome.entries, stop);
  }
  return { ...client, ...resultOf(outcome), findings };
}

/** What the fix of another problem would take away along the way: only the preview says so, and nobody sees one. */
function unasked({ snapshot }: Look, { notices }: ChangePlan, { id, code }: WantedFix): Obstacle | undefined {
  // Everything in a file is asked for.
  if (id === undefined && code === undefined) return undefined;
  const { codex, opencode } = snapshot;
  return [...CLIENTS.codex.obstacles(codex), ...CLIENTS.opencode.obstacles(opencode)].find(
    (each) => each.code !== code && notices.includes(each.fixing),
  );
}

function showFixed() {
  return showInformationMessage(vscode.l10n.t("Already fixed."));
}

function isWanted(found: Problem, { id, code, path }: WantedFix): boolean {
  if (id !== undefined && problemId(found) !== id) return false;
  if (code !== undefined && found.code !== code) return false;
  if (path === undefined) return true;
  return found.path !== undefined && typeof path === "string" && isSamePlace(path, found.path);
}

function planFor({ snapshot, problems: all }: Look, wanted: WantedFix): ChangePlan | undefined {
  const { id, code } = wanted;
  const problems = all.filter((each) => isWanted(each, wanted));
  if (id === undefined && code === undefined) {
    // Everything that is wrong on the machine is no single change.
    if (wanted.path === undefined) return undefined;
    const [first, ...others] = problems.filter(isPartOfAll).map(({ fix }) => fix());
    return first && mergePlans(vscode.l10n.t("Fix all TokenPool problems in a file"), [first, ...others]);
  }
  const fix = problems.find((each) => each.fix)?.fix;
  // Some problems show in no file: an error text told of them.
  const isExplained = wanted.path === undefined && typeof code === "string" && isProblemCode(code);
  return (fix ?? (isExplained ? fixFor(code, snapshot) : undefined))?.();
}
