import type { PanelClient } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { h, type VirtualElement } from "../virtualElement";
import { actionButton, fileLink, mark } from "./parts";

/** A client: whom it uses, where it looks, what outranks that. */
export function clientView(client: PanelClient, strings: PanelStrings): VirtualElement {
  const { id, name, status, use, version, files, chain, action } = client;
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
    chain.length > 0 && h("h4", { key: "chain" }, strings.chain),
    chain.length > 0 &&
      h(
        "ol",
        { key: "chain", class: "chain", role: "list" },
        chain.map((link) => h("li", {}, link)),
      ),
    action && h("p", { class: "buttons" }, actionButton(action.action, action.label)),
  );
}
