import assert from "node:assert/strict";
import type { MarkdownString } from "vscode";
import type { HealthReport, HealthState } from "../../../../src/health/report";
import { Command, Setting } from "../../../../src/ids";
import type { ShownStatus } from "../../../../src/editor/status/statusBar";
import { user } from "../../../fakes/vscode";

const { StatusBar, NOTHING_KNOWN } = await import("../../../../src/editor/status/statusBar");

const OTHER = "https://other.test";

function report(state: HealthState, endpoint = "https://gateway.test"): HealthReport {
  return { state, endpoint, checkedAt: "2026-01-01T00:00:00Z", via: "direct", phases: { totalMs: 12 } };
}

describe("the status bar item", () => {
  let visible: boolean;
  let bar: InstanceType<typeof StatusBar>;
  beforeEach(() => {
    user.reset();
    bar = new StatusBar();
    visible = false;
  });

  function show(more: Partial<ShownStatus>) {
    const item = user.statusBar;
    assert.ok(item);
    item.show = () => void (visible = true);
    item.hide = () => void (visible = false);
    const nothing = { report: undefined, checking: false, clients: NOTHING_KNOWN, findings: {}, earlier: [] };
    bar.show({ ...nothing, ...more });
    return item;
  }
  const hoverOf = (more: Partial<ShownStatus>) => show(more).tooltip as MarkdownString;

  it("has the error colour only where the user must act, and says why to a screen reader", () => {
    const coloured: HealthState[] = ["unauthorized", "noQuota", "notAnApi"];
    const others: HealthState[] = ["ok", "slow", "degraded", "rateLimited", "blocked", "gatewayError"];
    for (const state of [...coloured, ...others, "unreachable", "offline", "noKey"] as const) {
      const item = show({ report: report(state) });
      assert.equal(item.backgroundColor !== undefined, coloured.includes(state), state);
      assert.ok((item.accessibilityInformation?.label.length ?? 0) > "TokenPool: ".length, state);
    }
  });

  it("leads to the set-up without a key, and to the actions in any other state", () => {
    assert.equal(show({ report: report("noKey") }).command, Command.setUp);
    assert.equal(show({ report: report("ok") }).command, Command.showActions);
    assert.equal(show({}).command, Command.showActions);
  });

  it("spins while a check is running, and shows the state before it", () => {
    assert.match(
      show({ report: report("slow"), checking: true }).text,
      /^\$\(loading~spin\) TokenPool: Slow$/,
    );
    assert.match(show({ report: report("ok") }).text, /^\$\(check\) TokenPool$/);
  });

  it("hides when the user wants it, and comes back", () => {
    user.settings.set(Setting.statusBarVisible, false);
    show({});
    assert.equal(visible, false);
    user.settings.set(Setting.statusBarVisible, true);
    show({});
    assert.equal(visible, true);
  });

  it("shows an address and what another program did as text, never as a link", () => {
    const evil = "[x](command:workbench.action.quit)";
    const drift = [{ code: "x", message: evil }];
    const { value } = hoverOf({
      report: report("ok", `https://h.test/${evil}`),
      clients: { use: [{ name: evil, usesTokenPool: true }], drift },
    });
    assert.doesNotMatch(value, /(?<!\\)\]\(command:workbench/);
  });

  it("lets the hover run its own links alone", () => {
    const { value, isTrusted } = hoverOf({
      report: report("unreachable"),
      findings: { other: { baseUrl: OTHER, totalMs: 5 } },
    });
    const { enabledCommands } = isTrusted as { enabledCommands: readonly string[] };
    const linked = [...value.matchAll(/\]\(command:([^)]+)\)/g)].map(([, command]) => command);
    assert.ok(linked.length > 0);
    assert.deepEqual([...new Set(linked)].sort(), [...enabledCommands].sort());
  });

  it("offers the other endpoint only where that one answers and the chosen one does not", () => {
    const offers = (state: HealthState, totalMs?: number) =>
      hoverOf({
        report: report(state),
        findings: { other: { baseUrl: OTHER, ...(totalMs !== undefined && { totalMs }) } },
      }).value.includes("Use the Other Endpoint");
    assert.equal(offers("unreachable", 5), true);
    assert.equal(offers("ok", 5), false);
    assert.equal(offers("unreachable"), false);
  });
});
