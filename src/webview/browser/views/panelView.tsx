import type { PanelModel } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { h, type VirtualElement, type VirtualNode } from "../virtualElement";
import { clientView } from "./clientView";
import { endpointView } from "./endpointView";
import { mistakeView } from "./mistakeView";
import { actionButton, mark, section } from "./parts";
import { problemView } from "./problemView";

/** The whole panel: what is wrong first, then what was measured and looked at. */
export function panelView(model: PanelModel, strings: PanelStrings): VirtualNode[] {
  const { mistakes, endpoints, clients } = model;
  return [
    h("h1", { tabindex: "-1" }, strings.title),
    summary(model, strings),
    problems(model, strings),
    section(
      "endpoints",
      strings.endpointsHeading,
      ...endpoints.map((endpoint) => endpointView(endpoint, strings)),
      h("p", { class: "buttons" }, actionButton("selectEndpoint", strings.selectEndpoint)),
    ),
    section("clients", strings.clientsHeading, ...clients.map((client) => clientView(client, strings))),
    section("key", strings.keyHeading, h("p", {}, keyText(model, strings)), keyButtons(model, strings)),
    section(
      "mistakes",
      strings.mistakesHeading,
      // Without list marks some screen readers do not take it for a list.
      h(
        "ul",
        { class: "mistakes", role: "list" },
        mistakes.map((mistake) => mistakeView(mistake, strings)),
      ),
    ),
    help(strings),
  ];
}

/** Shown when the machine could not be looked at. */
export function failedView(strings: PanelStrings): VirtualNode[] {
  return [
    h("h1", { tabindex: "-1" }, strings.title),
    h("p", { role: "alert" }, strings.failed),
    h("p", { class: "buttons" }, actionButton("showLog", strings.log)),
  ];
}

/** Said by screen readers whenever it changes. */
function summary(
  { summary: { status, text }, checking, keyStored }: PanelModel,
  strings: PanelStrings,
): VirtualElement {
  return h(
    "div",
    { key: "summary", class: "summary" },
    h("p", { role: "status" }, mark(status), h("span", {}, checking ? strings.checking : text)),
    h(
      "p",
      { class: "buttons" },
      !keyStored && actionButton("setUp", strings.setUp, "primary"),
      actionButton("checkHealth", strings.checkAgain, keyStored ? "primary" : "secondary"),
    ),
  );
}

/** What was looked at stands where nothing is wrong: then it is what there is to say. */
function problems({ problems, checked }: PanelModel, strings: PanelStrings): VirtualElement {
  const isAllGood = problems.every(({ severity }) => severity === "information");
  return section(
    "problems",
    strings.problemsHeading,
    isAllGood && h("p", { key: "checked" }, strings.nothingWrong),
    isAllGood &&
      h(
        "ul",
        { key: "checked", class: "checked" },
        checked.map((each) => h("li", { key: each }, each)),
      ),
    ...problems.map((problem) => problemView(problem, strings)),
  );
}

function keyText({ keyStored }: PanelModel, strings: PanelStrings): string {
  return keyStored ? strings.keyStored : strings.keyMissing;
}

function keyButtons({ keyStored }: PanelModel, strings: PanelStrings): VirtualElement {
  return h(
    "p",
    { class: "buttons" },
    actionButton("setApiKey", keyStored ? strings.replaceApiKey : strings.setApiKey),
    actionButton("openConsole", strings.console),
  );
}

function help(strings: PanelStrings): VirtualElement {
  return h(
    "nav",
    { "aria-labelledby": "help" },
    h("h2", { id: "help" }, strings.helpHeading),
    h(
      "ul",
      {},
      h("li", {}, actionButton("openDocumentation", strings.documentation, "link")),
      h("li", {}, actionButton("openConsole", strings.console, "link")),
      h("li", {}, actionButton("showLog", strings.log, "link")),
    ),
  );
}
