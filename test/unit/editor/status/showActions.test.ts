import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { QuickPickItem } from "vscode";
import { Command } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { showActions } = await import("../../../../src/editor/status/showActions");

const REPORT = {
  state: "unreachable",
  endpoint: "https://gateway.test",
  checkedAt: "",
  via: "direct",
  phases: { totalMs: 1 },
};
const DRIFT = { code: "drift/codex", message: "Somebody changed it.", path: "/x", fixTitle: "Put it back" };

describe("the list of actions", () => {
  beforeEach(() => user.reset());

  /** @param choose by its label @returns the labels that were offered */
  async function open(health: object, choose?: string): Promise<string[]> {
    user.choose = (items) => items.find(({ label }) => label === choose);
    const services = servicesIn("/nowhere", fs, new Secrets(undefined), {
      health: { findings: {}, clientStatus: { use: [], drift: [] }, ...health },
    });
    await showActions(services);
    return (user.lists.at(-1) ?? []).map(({ label }: QuickPickItem) => label);
  }

  it("runs nothing when it is left", async () => {
    assert.ok((await open({})).length > 10);
    assert.deepEqual(user.ran, []);
  });

  it("runs the command of what was chosen", async () => {
    await open({}, "Send a Test Request");
    assert.deepEqual(user.ran, [[Command.sendTestRequest, undefined]]);
  });

  it("offers first to put back what another program changed, for that very problem", async () => {
    const labels = await open({ clientStatus: { use: [], drift: [DRIFT] } }, DRIFT.fixTitle);
    assert.equal(labels[0], DRIFT.fixTitle);
    assert.deepEqual(user.ran, [[Command.applyFix, DRIFT]]);
  });

  it("offers no fix where there is none", async () => {
    const { fixTitle, ...unfixable } = DRIFT;
    const labels = await open({ clientStatus: { use: [], drift: [unfixable] } });
    assert.ok(!labels.includes(fixTitle));
    assert.deepEqual(labels, await open({}));
  });

  it("offers the other endpoint only while that one answers and the chosen one does not", async () => {
    const findings = { other: { baseUrl: "https://other.test", totalMs: 5 } };
    assert.equal((await open({ report: REPORT, findings }))[0], "Switch to other.test");
    assert.ok(
      !(await open({ report: { ...REPORT, state: "ok" }, findings })).includes("Switch to other.test"),
    );
  });
});
