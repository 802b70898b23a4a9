import type { PanelMistake, PanelStatus } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { wasOpen } from "../readerState";
import { h, type VirtualElement } from "../virtualElement";
import { mark } from "./parts";

const STATUSES: Readonly<Record<PanelMistake["status"], PanelStatus>> = {
  ok: "ok",
  found: "error",
  unchecked: "unknown",
};

/** One of the common mistakes and whether it was made here; open where it was left open. */
export function mistakeView(mistake: PanelMistake, strings: PanelStrings): VirtualElement {
  const { id, title, explanation, status } = mistake;
  return h(
    "li",
    { key: id },
    h(
      "details",
      { key: id, initiallyOpen: wasOpen(id) ?? false },
      h(
        "summary",
        {},
        mark(STATUSES[status]),
        h("span", { class: "name" }, title),
        h("span", { class: "result" }, strings.mistakeStatuses[status]),
      ),
      h("p", { class: "explanation" }, explanation),
    ),
  );
}
