import type { PanelClient } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { h, type VirtualElement } from "../virtualElement";
import { actionButton, fileLink, mark } from "./parts";

/** A client: whom it uses, where it looks, what overrides that. */
export function clientView(client: PanelClient, strings: PanelStrings): VirtualElement {
  const { id, name, status, use, version, files, overriddenBy, action } = client;
  return h(
    "article",
    { key: id },
    h("h3", {}, mark(status, strings.statuses[status]), name, h("span", { class: "result" }, ` ${version}`)),
    h("p", {}, use),
    h("h4", {}, strings.files),
    h(
      "ul",
      {},
      files.map((file) => h("li", { key: file.label }, fileLink(file, strings.missingFile))),
    ),
    overriddenBy.length > 0 && h("h4", { key: "overrides" }, strings.overriddenBy),
    overriddenBy.length > 0 &&
      h(
        "ul",
        { key: "overrides" },
        overriddenBy.map((each) => h("li", {}, each)),
      ),
    action && h("p", { class: "buttons" }, actionButton(action.action, action.label)),
  );
}
