import type { PanelEndpoint, PanelPhase } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { type Bar, h, type VirtualElement } from "../virtualElement";
import { mark } from "./parts";

/** What the last check of an endpoint found, and how long each phase took. */
export function endpointView(endpoint: PanelEndpoint, strings: PanelStrings): VirtualElement {
  const { host, chosen, status, sentence, detail, answer, quota, families, checkedAt, phases } = endpoint;
  const facts = [
    detail,
    checkedAt === undefined ? "" : strings.checkedAt.replace("{0}", clockTime(checkedAt)),
  ];
  return h(
    "article",
    { key: host },
    h(
      "h3",
      {},
      mark(status, strings.statuses[status]),
      host,
      chosen && h("span", { class: "result" }, ` (${strings.chosen})`),
    ),
    h("p", {}, sentence),
    answer !== undefined && h("p", { key: "answer" }, answer),
    quota !== undefined && h("p", {}, quota),
    families !== undefined && h("p", { key: "families" }, families),
    h("p", { class: "facts" }, facts.filter((fact) => fact !== "").join(" · ")),
    phases.length > 0 && phaseTable(endpoint, strings),
  );
}

/** A table for everybody; the bars only repeat its figures, drawn to scale one behind the other. */
function phaseTable({ phases, totalMs = 0 }: PanelEndpoint, strings: PanelStrings): VirtualElement {
  return h(
    "table",
    {},
    h("thead", {}, row("th", strings.phase, strings.duration)),
    h(
      "tbody",
      {},
      barsOf(phases, totalMs).map(({ name, ms, bar }) => row("td", name, milliseconds(ms), bar)),
      h("tr", { key: "total", class: "total" }, ...cells("td", strings.total, milliseconds(totalMs))),
    ),
  );
}

function barsOf(phases: readonly PanelPhase[], totalMs: number): (PanelPhase & { readonly bar: Bar })[] {
  const whole = Math.max(1, totalMs, sum(phases));
  return phases.map((phase, index) => {
    const bar = { start: sum(phases.slice(0, index)) / whole, share: phase.ms / whole };
    return { ...phase, bar };
  });
}

function sum(phases: readonly PanelPhase[]): number {
  return phases.reduce((total, { ms }) => total + ms, 0);
}

function row(tag: "th" | "td", name: string, duration: string, bar?: Bar): VirtualElement {
  return h("tr", { key: name }, ...cells(tag, name, duration, bar));
}

function cells(tag: "th" | "td", name: string, duration: string, bar?: Bar): VirtualElement[] {
  return [
    h("th", { scope: tag === "th" ? "col" : "row" }, name),
    h(tag, { class: "duration", scope: tag === "th" && "col" }, duration),
    h("td", { class: "bar", "aria-hidden": "true" }, bar && h("span", { bar })),
  ];
}

function milliseconds(ms: number): string {
  return `${ms} ms`;
}

function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(document.documentElement.lang);
}
