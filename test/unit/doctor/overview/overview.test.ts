import assert from "node:assert/strict";
import type { NotedClient, NotedProblem } from "../../../../src/doctor/overview/noted";
import { type OverviewFacts, overviewOf } from "../../../../src/doctor/overview/overview";
import type { HealthReport, HealthState } from "../../../../src/health/report";

const report = (state: HealthState, code?: string): HealthReport => ({
  state,
  ...(code !== undefined && { code }),
  endpoint: "https://gateway.test",
  checkedAt: "2026-01-01T00:00:00Z",
  via: "direct",
  phases: { totalMs: 12 },
});
const found = (more: Partial<NotedProblem>): NotedProblem => ({
  id: "x",
  code: "codex/key-not-sent",
  severity: "error",
  part: "codex",
  title: "Title",
  message: "Message.",
  isDrift: false,
  isPartOfAll: more.fixTitle !== undefined,
  ...more,
});
const client = (use: NotedClient["use"]): NotedClient => ({ id: "codex", name: "Codex", use });
const noted = (use: NotedClient["use"], ...problems: NotedProblem[]) => ({
  clients: [client(use)],
  problems,
});
const overview = (facts: Partial<OverviewFacts>) => {
  const { kind, label, icon, blocks, count, next } = overviewOf({
    report: report("ok"),
    noted: noted("works"),
    ...facts,
  });
  return { kind, label, icon, blocks, count, next: next?.do };
};

describe("the overview", () => {
  it("says that all is well only if the endpoint works and so does every client that is meant to use it", () => {
    const well = { kind: "works", label: "", icon: "check", blocks: false, count: 0, next: undefined };
    assert.deepEqual(overview({}), well);
    const information = found({ severity: "information" });
    assert.deepEqual(overview({ noted: noted("works", information) }), well);
    const problem = overview({ noted: noted("broken", found({})) });
    assert.deepEqual(problem, {
      kind: "problems",
      label: "1 Problem",
      icon: "warning",
      blocks: true,
      count: 1,
      next: "troubleshoot",
    });
  });

  it("counts errors and warnings, and blocks only for what somebody must act on", () => {
    const warnings = [found({ severity: "warning" }), found({ severity: "warning" })];
    const two = overview({ noted: noted("works", ...warnings, found({ severity: "information" })) });
    assert.deepEqual([two.label, two.count, two.blocks], ["2 Problems", 2, false]);
    const passing = found({ code: "network/untrusted-certificate" });
    assert.equal(overview({ noted: noted("works", passing) }).blocks, false);
  });

  it("says that nothing is set up where a key is stored and no client uses it, with a host's name if it has one", () => {
    const here = overview({ noted: noted("none") });
    assert.deepEqual([here.kind, here.label, here.next], ["notSetUp", "Not Set Up", "setUp"]);
    assert.equal(overview({ noted: noted("none"), host: "box" }).label, "Not Set Up on box");
    assert.equal(
      overview({ noted: noted("none"), report: report("degraded", "network/unreachable") }).next,
      "setUp",
    );
    // Where nothing was looked at, nobody knows.
    assert.equal(overview({ noted: undefined }).kind, "works");
  });

  it("begins with the endpoint where that does not work, and with the key where there is none", () => {
    const facts = { noted: noted("broken", found({})) };
    const refused = overview({ ...facts, report: report("unauthorized", "account/key-invalid") });
    assert.deepEqual([refused.label, refused.count, refused.blocks], ["Key Refused", 1, true]);
    const without = overview({ ...facts, report: report("noKey") });
    assert.deepEqual([without.label, without.next, without.blocks], ["Set Up", "setUp", false]);
    const keychain = overview({ report: report("noKey"), keychainError: "Unlock it." });
    assert.deepEqual([keychain.label, keychain.next], ["Keychain Error", "checkHealth"]);
  });

  it("offers to take over, where no key is stored and a client uses TokenPool all the same", () => {
    const facts = { report: report("noKey"), noted: noted("works") };
    const { label, next, blocks } = overview(facts);
    assert.deepEqual([label, next, blocks], ["Take Over", "setUp", false]);
    assert.equal(overviewOf(facts).sentence, "Codex uses TokenPool; one click takes its key over.");
  });

  it("tells what the files have even before the endpoint was asked", () => {
    assert.deepEqual(overview({ report: undefined, noted: undefined }).kind, "unchecked");
    assert.deepEqual(overview({ report: undefined, noted: noted("none") }).kind, "unchecked");
    assert.equal(overview({ report: undefined, noted: noted("broken", found({})) }).label, "1 Problem");
  });

  const steps: [string, Partial<OverviewFacts>, string][] = [
    ["a refused key", { report: report("unauthorized") }, "setApiKey"],
    ["an empty account", { report: report("noQuota", "account/no-quota") }, "topUp"],
    [
      "a limit that comes back by itself",
      { report: report("noQuota", "account/no-quota"), usedUp: { name: "5h" } },
      "checkHealth",
    ],
    ["an ended subscription", { report: report("noQuota", "account/subscription-expired") }, "openConsole"],
    ["a website", { report: report("notAnApi", "endpoint/website") }, "selectEndpoint"],
    ["a pause", { report: report("rateLimited") }, "checkHealth"],
    ["no connection", { report: report("unreachable") }, "troubleshoot"],
    [
      "no connection, but to the other",
      { report: report("unreachable"), switchTo: "https://b.test" },
      "switchEndpoint",
    ],
    ["a refused key at both", { report: report("unauthorized"), switchTo: "https://b.test" }, "setApiKey"],
    [
      "what the problem itself names",
      {
        report: report("blocked", "account/ip-not-allowed"),
        noted: noted("works", found({ code: "account/ip-not-allowed", action: "openConsole" })),
      },
      "openConsole",
    ],
    ["a problem with a fix", { noted: noted("broken", found({ fixTitle: "Fix it" })) }, "fix"],
    [
      "several with one",
      { noted: noted("broken", found({ fixTitle: "A" }), found({ id: "y", fixTitle: "B" })) },
      "fixAll",
    ],
    [
      "one that another command helps with",
      { noted: noted("works", found({ action: "chooseModel" })) },
      "chooseModel",
    ],
  ];
  for (const [title, facts, step] of steps)
    it(`leads on from ${title}`, () => assert.equal(overview(facts).next, step));
});
