import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { QuickPickItem } from "vscode";
import type { NextStep } from "../../../../src/doctor/overview/nextStep";
import type { Noted, NotedProblem } from "../../../../src/doctor/overview/noted";
import { Command } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { showActions } = await import("../../../../src/editor/status/showActions");

const DRIFT: NotedProblem = {
  id: "x",
  code: "codex/other-tool-rewrites",
  severity: "information",
  part: "codex",
  title: "Changed",
  message: "Somebody changed it.",
  path: "/x",
  fixTitle: "Put it back",
  isDrift: true,
  isPartOfAll: true,
};

/** VS Code draws a line for it. */
const isSeparator = ({ label }: QuickPickItem) => label === "";

describe("the list of actions", () => {
  beforeEach(() => user.reset());

  /** @param choose by its label */
  async function items(
    next?: NextStep,
    problems: NotedProblem[] = [],
    choose?: string,
    noted: Partial<Noted> = {},
  ) {
    user.choose = (all) => all.find(({ label }) => label === choose);
    const status = { overview: { next, sentence: "It works." }, noted: { clients: [], problems, ...noted } };
    await showActions(servicesIn("/nowhere", fs, new Secrets(undefined), { status }));
    return user.lists.at(-1) ?? [];
  }
  const open = async (...of: Parameters<typeof items>) =>
    (await items(...of)).map(({ label }: QuickPickItem) => label);

  it("runs nothing when it is left", async () => {
    assert.ok((await open()).length > 10);
    assert.deepEqual(user.ran, []);
  });

  it("runs the command of what was chosen", async () => {
    await open(undefined, [], "Send a Test Request");
    assert.deepEqual(user.ran, [[Command.sendTestRequest]]);
  });

  it("begins with the next step, in a group of its own, and offers nothing twice", async () => {
    const all = await items({ do: "checkHealth" });
    assert.equal(all[0]?.label, "Check Now");
    assert.ok(isSeparator(all[1]!));
    const labels = all.map(({ label }) => label).filter(Boolean);
    assert.equal(new Set(labels).size, labels.length);
    assert.ok(all.filter(isSeparator).length >= 4);
  });

  it("fixes the very problem that the first step is about", async () => {
    const problem = { ...DRIFT, severity: "warning" } as const;
    const labels = await open({ do: "fix", problem }, [problem], "Put it back");
    assert.equal(labels[0], "Put it back");
    assert.deepEqual(user.ran, [[Command.applyFix, { id: "x", code: DRIFT.code, path: "/x" }]]);
  });

  it("offers to put back what another program changed, also where that is no problem", async () => {
    await open(undefined, [DRIFT], DRIFT.fixTitle);
    assert.deepEqual(user.ran, [[Command.applyFix, { id: "x", code: DRIFT.code, path: "/x" }]]);
    const { fixTitle, ...unfixable } = DRIFT;
    assert.ok(fixTitle !== undefined && !(await open(undefined, [unfixable])).includes(fixTitle));
  });

  it("begins with what works where all is well, and with the way back to a ChatGPT login", async () => {
    const clients: Noted["clients"] = [
      { id: "codex", name: "Codex", use: "works" },
      { id: "opencode", name: "OpenCode", use: "broken" },
    ];
    const labels = await open(undefined, [], "Open Codex in Terminal", { clients, wayBack: "chatGpt" });
    assert.deepEqual(labels.slice(0, 2), ["Open Codex in Terminal", "Use ChatGPT Login Again"]);
    assert.ok(!labels.includes("Open OpenCode in Terminal"));
    assert.deepEqual(user.ran, [[Command.openCodex]]);
    const back = await open({ do: "useTokenPoolAgain" }, [], undefined, { wayBack: "tokenPool" });
    assert.equal(back[0], "Use TokenPool Again");
    assert.ok(!back.includes("Use ChatGPT Login Again"));
  });

  it("offers the other endpoint by its name", async () => {
    const labels = await open({ do: "switchEndpoint", baseUrl: "https://other.test" });
    assert.equal(labels[0], "Switch to other.test");
  });
});
