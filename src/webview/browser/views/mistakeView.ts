import type { PanelMistake, PanelStatus } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { wasOpen } from "../readerState";
import { h, type VirtualElement } from "../virtualElement";
import { mark } from "./parts";
import { problemView } from "./problemView";

/** One of the common mistakes and whether it was made here; open where it was. */
export function mistakeView(mistake: PanelMistake, strings: PanelStrings): VirtualElement {
  const { id, title, explanation, status, problems } = mistake;
  // With the status in its key, a mistake that turns up opens by itself.
  const key = `${id} ${status}`;
  return h(
    "li",
    { key: id },
    h(
      "details",
      { key, initiallyOpen: wasOpen(key) ?? status === "found" },
      h(
        "summary",
        {},
        mark(statusOf(mistake)),
        h("span", { class: "name" }, title),
        h("span", { class: "result" }, strings.mistakeStatuses[status]),
      ),
      h("p", { class: "explanation" }, explanation),
      problems.map((problem) => problemView(problem, strings)),
    ),
  );
}

function statusOf({ status, problems }: PanelMistake): PanelStatus {
  if (status === "found") return problems[0]?.severity ?? "error";
  return status === "ok" ? "ok" : "unknown";
}
