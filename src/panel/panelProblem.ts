import { isPartOfAll } from "../doctor/fixes/allFixes";
import { describeFix } from "../doctor/fixes/describeFix";
import { type Problem, problemId } from "../doctor/problem";
import type { Snapshot } from "../doctor/snapshot/snapshot";
import { panelAction } from "./actionLabels";
import type { AddFile } from "./filePlace";
import type { PanelProblem } from "./panelModel";

/** A problem with all that the page shows of it. */
export function panelProblem(found: Problem, snapshot: Snapshot, addFile: AddFile): PanelProblem {
  const { severity, title, message, help, path, range, evidence, fix, action } = found;
  return {
    id: problemId(found),
    severity,
    title,
    cause: message,
    fixable: fix !== undefined,
    partOfAll: isPartOfAll(found),
    ...(fix ? { fixing: describeFix(fix, snapshot) } : { advice: help }),
    ...(evidence !== undefined && { evidence }),
    ...(path !== undefined && { file: addFile({ path, ...(range && { range }) }) }),
    ...(!fix && action && { action: panelAction(action) }),
  };
}
