import type { Action } from "../../../doctor/action";
import type { PanelFile, PanelStatus } from "../../panelModel";
import { h, type VirtualElement, type VirtualNode } from "../virtualElement";
import { vscode } from "../vscodeApi";

const MARKS: Readonly<Record<PanelStatus, string>> = {
  error: "✕",
  warning: "!",
  information: "i",
  ok: "✓",
  unknown: "–",
};

/** A part of the page under a heading of its own. */
export function section(id: string, heading: string, ...children: (VirtualNode | false)[]): VirtualElement {
  return h("section", { key: id, "aria-labelledby": id }, h("h2", { id }, heading), ...children);
}

/** A sign for a status; the word for it stands beside or is hidden in it, so it is never colour alone. */
export function mark(status: PanelStatus, word?: string): VirtualElement {
  return h(
    "span",
    { class: `mark ${status}` },
    h("span", { "aria-hidden": "true" }, MARKS[status]),
    word !== undefined && h("span", { class: "visually-hidden" }, `${word}: `),
  );
}

/** A button that runs one of the extension's actions. */
export function actionButton(action: Action, label: string, kind: ButtonKind = "secondary"): VirtualElement {
  return button(label, kind, () => vscode.postMessage({ type: "run", action }), { key: action });
}

type ButtonKind = "primary" | "secondary" | "link";

/** @param extra further attributes, such as a name for screen readers that tells equal buttons apart */
export function button(
  label: string,
  kind: ButtonKind,
  onClick: () => void,
  extra: Readonly<Record<string, string>> = {},
): VirtualElement {
  return h("button", { type: "button", class: kind, onClick, ...extra }, label);
}

/** The name of a file, which opens it if it is there. */
export function fileLink({ id, label, exists }: PanelFile, missing: string): VirtualElement {
  if (!exists) return h("span", {}, h("code", {}, label), ` (${missing})`);
  return button(label, "link", () => vscode.postMessage({ type: "open", file: id }), { class: "link path" });
}
