import assert from "node:assert/strict";
import type { MarkdownString } from "vscode";
import type { Noted, NotedProblem } from "../../../../src/doctor/overview/noted";
import { type OverviewFacts, overviewOf } from "../../../../src/doctor/overview/overview";
import type { HealthReport, HealthState } from "../../../../src/health/report";
import { Command, Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";

const { StatusBar } = await import("../../../../src/editor/status/statusBar");

function report(state: HealthState, endpoint = "https://gateway.test"): HealthReport {
  return { state, endpoint, checkedAt: "2026-01-01T00:00:00Z", via: "direct", phases: { totalMs: 12 } };
}

const PROBLEM: NotedProblem = {
  id: "a",
  code: "codex/key-not-sent",
  severity: "error",
  part: "codex",
  title: "The key is not sent",
  message: "Codex does not send it.",
  isDrift: false,
  isPartOfAll: false,
};
const noted = (...problems: NotedProblem[]): Noted => ({
  clients: [{ id: "codex", name: "Codex", use: problems.length > 0 ? "broken" : "works" }],
  problems,
});

describe("the status bar item", () => {
  let visible: boolean;
  let bar: InstanceType<typeof StatusBar>;
  beforeEach(() => {
    user.reset();
    bar = new StatusBar();
    visible = false;
  });

  function show(more: Partial<OverviewFacts> = {}, checking = false, findings = {}) {
    const item = user.statusBar;
    assert.ok(item);
    item.show = () => void (visible = true);
    item.hide = () => void (visible = false);
    const facts = { report: report("ok"), noted: noted(), ...more };
    bar.show(overviewOf(facts), { ...facts, checking, findings });
    return item;
  }
  const hoverOf = (...of: Parameters<typeof show>) => show(...of).tooltip as MarkdownString;

  it("makes no picture of a host's name", () => {
    const { text } = show({ host: "$(flame)", noted: { clients: [], problems: [] } });
    assert.equal(text, "$(rocket) TokenPool: Not Set Up on $ (flame)");
  });

  it("has the error colour only where the user must act, and says why to a screen reader", () => {
    const coloured: HealthState[] = ["unauthorized", "noQuota", "notAnApi"];
    const others: HealthState[] = ["ok", "slow", "degraded", "rateLimited", "blocked", "gatewayError"];
    for (const state of [...coloured, ...others, "unreachable", "offline", "noKey"] as const) {
      const item = show({ report: report(state) });
      assert.equal(item.backgroundColor !== undefined, coloured.includes(state), state);
      assert.ok((item.accessibilityInformation?.label.length ?? 0) > "TokenPool: ".length, state);
    }
    assert.ok(show({ noted: noted(PROBLEM) }).backgroundColor);
  });

  it("tells the number of problems in text and to a screen reader, whatever the endpoint does", () => {
    const item = show({ noted: noted(PROBLEM, { ...PROBLEM, id: "b", severity: "warning" }) });
    assert.equal(item.text, "$(warning) TokenPool: 2 Problems");
    assert.equal(item.accessibilityInformation?.label, "TokenPool: 2 Problems. 2 problems found.");
    const down = show({ report: report("unreachable"), noted: noted(PROBLEM) });
    assert.equal(down.text, "$(debug-disconnect) TokenPool: Unreachable");
    assert.match(down.accessibilityInformation?.label ?? "", /1 problem found\.$/);
  });

  it("leads to the set-up without a key or a client, and to the actions in any other state", () => {
    const none: Noted = { clients: [{ id: "codex", name: "Codex", use: "none" }], problems: [] };
    assert.equal(show({ report: report("noKey") }).command, Command.setUp);
    assert.equal(show({ noted: none }).command, Command.setUp);
    assert.equal(show().command, Command.showActions);
    assert.equal(show({ report: undefined, noted: undefined }).command, Command.showActions);
  });

  it("spins while a check is running, and shows the state before it", () => {
    assert.match(show({ report: report("slow") }, true).text, /^\$\(loading~spin\) TokenPool: Slow$/);
    assert.match(show().text, /^\$\(check\) TokenPool$/);
  });

  it("hides when the user wants it, and comes back", () => {
    user.settings.set(Setting.statusBarVisible, false);
    show();
    assert.equal(visible, false);
    user.settings.set(Setting.statusBarVisible, true);
    show();
    assert.equal(visible, true);
  });

  it("shows an address, a client and what another program did as text, never as a link", () => {
    const evil = "[x](command:workbench.action.quit)";
    const drift = { ...PROBLEM, title: evil, message: evil, fixTitle: evil };
    const names: Noted["clients"] = [{ id: "codex", name: evil, use: "broken" }];
    const { value } = hoverOf({
      report: report("ok", `https://h.test/${evil}`),
      noted: { clients: names, problems: [drift] },
    });
    assert.doesNotMatch(value, /(?<!\\)\]\(command:workbench/);
  });

  it("lets the hover run its own links alone, each command once", () => {
    for (const facts of [{}, { noted: noted({ ...PROBLEM, path: "/a(b)", fixTitle: "Fix (it)" }) }]) {
      const { value, isTrusted } = hoverOf(facts);
      const { enabledCommands } = isTrusted as { enabledCommands: readonly string[] };
      const linked = [...value.matchAll(/\]\(command:([^)?]+)[^)]*\)/g)].map(([, command]) => command);
      assert.ok(linked.length > 3);
      assert.deepEqual(linked.sort(), [...enabledCommands].sort());
    }
  });

  it("tells verdict, balance, model and endpoint, clients, one action and links, in this order", () => {
    const usage = { unit: "USD", remaining: 7, windows: [] };
    const { value } = hoverOf({ noted: noted({ ...PROBLEM, fixTitle: "Mend" }) }, false, { usage });
    const parts = ["1 problem found", "does not send", "7\\.00", "gpt", "Codex\\: 1 problem", "Mend", "More"];
    const places = parts.map((part) => value.indexOf(part));
    assert.ok(!places.includes(-1), value);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      value,
    );
    assert.doesNotMatch(value, / ms /, "times of phases are for the panel");
  });

  it("tells of each client whether it uses TokenPool and works", () => {
    const clients: Noted["clients"] = [
      { id: "codex", name: "One", use: "works" },
      { id: "opencode", name: "Two", use: "none" },
      { id: "codex", name: "Three", use: "broken" },
    ];
    const { value } = hoverOf({ noted: { clients, problems: [] } });
    for (const line of ["One\\: TokenPool", "Two\\: not configured", "Three\\: does not work"])
      assert.ok(value.includes(line), value);
  });

  it("names some of many problems and the number of the others", () => {
    const many = Array.from({ length: 5 }, (_, at) => ({
      ...PROBLEM,
      id: String(at),
      title: `Number ${at}`,
    }));
    const { value } = hoverOf({ noted: noted(...many) });
    assert.ok(
      value.includes("Number 2") && !value.includes("Number 3") && value.includes("And 2 more"),
      value,
    );
  });
});
