import type { PanelProblem } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { h, type VirtualElement } from "../virtualElement";
import { vscode } from "../vscodeApi";
import { actionButton, button, mark } from "./parts";

/** One problem: what, why, what was seen, and the ways out. */
export function problemView(problem: PanelProblem, strings: PanelStrings): VirtualElement {
  const { id, severity, title, cause, file } = problem;
  return h(
    "article",
    { key: id, class: `problem ${severity}` },
    h("h3", {}, mark(severity, strings.statuses[severity]), title),
    h("p", {}, cause),
    facts(problem, strings),
    file && h("p", { class: "path" }, file.exists ? file.label : `${file.label} (${strings.missingFile})`),
    buttons(problem, strings),
  );
}

function facts({ evidence, advice }: PanelProblem, strings: PanelStrings): VirtualElement | false {
  if (evidence === undefined && advice === undefined) return false;
  return h(
    "dl",
    {},
    evidence !== undefined && h("dt", { key: "seen" }, strings.seen),
    evidence !== undefined && h("dd", { key: "seen" }, h("code", {}, evidence)),
    advice !== undefined && h("dt", { key: "advice" }, strings.advice),
    advice !== undefined && h("dd", { key: "advice" }, advice),
  );
}

function buttons({ id, title, fixable, action, file }: PanelProblem, strings: PanelStrings): VirtualElement {
  return h(
    "p",
    { class: "buttons" },
    fixable &&
      button(strings.fix, "primary", () => vscode.postMessage({ type: "fix", problem: id }), {
        key: "fix",
        "aria-label": `${strings.fix} ${title}`,
      }),
    action && actionButton(action.action, action.label, "primary"),
    file?.exists &&
      button(strings.showInFile, "secondary", () => vscode.postMessage({ type: "open", file: file.id }), {
        key: "open",
        "aria-label": `${strings.showInFile} ${file.label}`,
      }),
  );
}
