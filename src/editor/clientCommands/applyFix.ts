import * as vscode from "vscode";
import type { ChangePlan } from "../../changes/plan";
import type { FileSystem } from "../../changes/disk/userFile";
import { mergePlans } from "../../changes/mergePlans";
import { isSamePlace } from "../../changes/spelling";
import { formatList } from "../../gateway/formats";
import type { Obstacle } from "../../clients/client";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { toFinding } from "../../doctor/diagnose";
import { isPartOfAll, planAllFixes } from "../../doctor/fixes/allFixes";
import { fixFor } from "../../doctor/fixes/fixFor";
import { isProblemCode } from "../../doctor/problems/knowledge";
import { type Problem, problemId } from "../../doctor/problem";
import { askAfterChange, showChange } from "./afterChange";
import { resultOf, runChanges, showRefusal } from "./changeFlow";
import { refusalBy } from "./configureClient";
import type { ConfigureResult } from "./configureResult";
import type { Look } from "../diagnosis/look";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";
import { saveFirst } from "./saveFirst";

/** What is to be fixed: a problem by its id, or all by their code, in one file if a path is given, or everything in a file. */
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
  const ofOne = found.every((each) => each.client === first?.client);
  const client = ofOne && first?.client && { client: first.client };
  let plans = await plansFor(services, known, wanted);
  if (plans.length === 0) {
    if (confirm) void showFixed();
    return { ...client, outcome: "unchanged", files: [], findings: found.map(toFinding) };
  }
  const obstacle = confirm ? undefined : unasked(known, plans, wanted);
  if (obstacle)
    return {
      ...client,
      outcome: "refused",
      files: [],
      refusal: refusalBy(obstacle),
      findings: found.map(toFinding),
    };
  const makePlans = async () => {
    const latest = await plansFor(services, await services.diagnosis.look("asked"), wanted);
    return latest.length > 0 ? (plans = latest) : plans;
  };
  const outcome = await runChanges(services, makePlans, confirm);
  if (confirm && outcome.refusal) void showRefusal(outcome.refusal);
  if (confirm && outcome.outcome === "unchanged") void showFixed();
  const isChanged = (id: ClientId) => plans.some((each) => each.client === id);
  const clients = outcome.outcome === "applied" ? CLIENT_IDS.filter(isChanged) : [];
  const { findings, stop } = await askAfterChange(
    services,
    clients,
    (each) => isWanted(each, wanted),
    confirm,
    true,
  );
  if (confirm && outcome.outcome === "applied") {
    const titles = formatList([...new Set(plans.map(({ title }) => title))]);
    void showChange(services, vscode.l10n.t("Fixed: {0}.", titles), outcome.entries, stop);
  }
  return { ...client, ...resultOf(outcome), findings };
}

/** What the fix of another problem would take away along the way: only the preview says so, and nobody sees one. */
function unasked(
  { snapshot }: Look,
  plans: readonly ChangePlan[],
  { id, code }: WantedFix,
): Obstacle | undefined {
  // Everything in a file is asked for.
  if (id === undefined && code === undefined) return undefined;
  const { codex, opencode } = snapshot;
  return [...CLIENTS.codex.obstacles(codex), ...CLIENTS.opencode.obstacles(opencode)].find(
    (each) => each.code !== code && plans.some(({ notices }) => notices.includes(each.fixing)),
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

/** One for each client, where a code has several places. */
async function plansFor(services: Services, known: Look, wanted: WantedFix): Promise<readonly ChangePlan[]> {
  const { id, code } = wanted;
  const places = ({ problems }: Look) => problems.filter((each) => isWanted(each, wanted));
  const [first, ...others] = places(known).filter(isPartOfAll);
  if (id === undefined && code === undefined) {
    // Everything that is wrong on the machine is no single change.
    if (wanted.path === undefined || !first) return [];
    const fixes = [first.fix(), ...others.map(({ fix }) => fix())] as const;
    return [mergePlans(vscode.l10n.t("Fix all TokenPool problems in a file"), fixes)];
  }
  if (others.length > 0) {
    const lookAt = async (fs: FileSystem) => places(await services.diagnosis.planned(known, fs));
    return (await planAllFixes(services.environment().fs, places(known), lookAt)).plans;
  }
  const { fix } = first ?? places(known).find((each) => each.fix) ?? {};
  // Some problems show in no file: an error text told of them.
  const isExplained = wanted.path === undefined && typeof code === "string" && isProblemCode(code);
  const plan = (fix ?? (isExplained ? fixFor(code, known.snapshot) : undefined))?.();
  return plan ? [plan] : [];
}
