import * as l10n from "@vscode/l10n";
import { asIfWritten } from "../../changes/disk/asIfWritten";
import { type FileSystem, sameBytes } from "../../changes/disk/userFile";
import { followingChange } from "../../changes/followingChange";
import type { ChangePlan, FileChange } from "../../changes/plan";
import { type PreparedChange, type PreparedFile, prepareChange } from "../../changes/prepare";
import { isClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import type { Problem } from "../problem";

/** More than a machine has; fixes that undo each other must come to an end. */
const MOST_FIXES = 50;

/** A problem that Fix All takes away. */
export type PartOfAll = Problem & Required<Pick<Problem, "fix">>;

/** Everything that a change of files fixes; what acts for Git and what is only proposed has its own button. */
export function isPartOfAll(found: Problem): found is PartOfAll {
  return found.fix !== undefined && found.apart !== true;
}

export interface AllFixes {
  /** One for each client, and one for files of none; no two name the same file. */
  readonly plans: readonly ChangePlan[];
  readonly fixed: readonly Problem[];
}

/**
 * Plans the fixes of all problems one after the other, each for what the files would be after the one before, so that
 * what shows only then is fixed as well.
 * @param found the problems of the machine as it is
 * @param lookAt finds those of a machine with other files
 * @throws Refusal where one cannot be fixed safely
 */
export async function planAllFixes(
  fs: FileSystem,
  found: readonly Problem[],
  lookAt: (fs: FileSystem) => Promise<readonly Problem[]>,
): Promise<AllFixes> {
  const changes = new Map<string, OwnedChange>();
  const steps: Step[] = [];
  let disk = fs;
  let problems = found;
  while (steps.length < MOST_FIXES) {
    const step = await nextStep(disk, problems);
    if (!step) break;
    steps.push(step);
    add(changes, step);
    disk = await asIfWritten(
      fs,
      [...changes].map(([path, { after }]) => [path, after] as const),
    );
    problems = await lookAt(disk);
  }
  return { plans: plansOf(changes, steps), fixed: steps.map((step) => step.found) };
}

/** A fix and what it does to the files as they are then. */
interface Step {
  readonly found: Problem;
  readonly prepared: PreparedChange;
}

interface OwnedChange {
  /** Whose plan the file stands in: one file in two plans could not be undone by itself. */
  readonly client: string | undefined;
  readonly change: FileChange;
  readonly after: Uint8Array | undefined;
}

/** The first fix that changes anything. */
async function nextStep(disk: FileSystem, problems: readonly Problem[]): Promise<Step | undefined> {
  for (const found of problems.filter(isPartOfAll)) {
    const prepared = await prepareChange(disk, found.fix());
    if (prepared.files.some(changesBytes)) return { found, prepared };
  }
  return undefined;
}

/** Permissions alone do not count: a plan does not show them to the fixes after it. */
function changesBytes({ before, after }: PreparedFile): boolean {
  return !sameBytes(before, after);
}

function add(changes: Map<string, OwnedChange>, { prepared }: Step): void {
  for (const { planned, after } of prepared.files.filter(changesBytes)) {
    const known = changes.get(planned.path);
    const change = known ? followingChange(known.change, planned, after) : planned;
    changes.set(planned.path, { client: known ? known.client : prepared.plan.client, change, after });
  }
}

function plansOf(changes: ReadonlyMap<string, OwnedChange>, steps: readonly Step[]): ChangePlan[] {
  const owners = [...new Set([...changes.values()].map(({ client }) => client))];
  return owners.map((client) => {
    const own = [...changes.values()].filter((each) => each.client === client);
    const files = own.map(({ change }) => change);
    const itsSteps = steps.filter(({ prepared }) => prepared.plan.client === client);
    const [title = "", ...others] = new Set(itsSteps.map(({ prepared }) => prepared.plan.title));
    return {
      ...(client !== undefined && { client }),
      title: others.length === 0 ? title : titleOf(client),
      // A client must find its key before its configuration names the gateway.
      files: files.sort((a, b) => Number(b.credential) - Number(a.credential)),
      notices: noticesOf(itsSteps),
    };
  });
}

function titleOf(client: string | undefined): string {
  return isClientId(client)
    ? l10n.t("Fix all problems of {0}", CLIENTS[client].name)
    : l10n.t("Fix all problems in other files");
}

function noticesOf(steps: readonly Step[]): string[] {
  const fixed = steps.map(({ found }) => l10n.t("Fixes: {0}.", found.title));
  return [...new Set([...fixed, ...steps.flatMap(({ prepared }) => prepared.plan.notices)])];
}
