import assert from "node:assert/strict";
import { COMMON_MISTAKES } from "../../../src/doctor/mistakes";
import type { Snapshot } from "../../../src/doctor/snapshot/snapshot";
import type { HealthState } from "../../../src/health/report";
import { healthReport } from "./machine";

describe("a common mistake counts as looked for", () => {
  const isChecked = (id: string, snapshot: Partial<Snapshot>) =>
    COMMON_MISTAKES.find((mistake) => mistake.id === id)?.isChecked(snapshot as Snapshot);
  const after = (state: HealthState) => ({ health: [healthReport({ state })], offeredModels: undefined });

  for (const [state, quota, models] of [
    ["ok", true, true],
    ["slow", true, true],
    ["degraded", true, true],
    ["noQuota", true, false],
    ["rateLimited", false, false],
    ["unauthorized", false, false],
    ["unreachable", false, false],
    ["noKey", false, false],
  ] as const) {
    it(`quota and models, when the endpoint is ${state}`, () => {
      assert.equal(isChecked("noQuota", after(state)), quota);
      assert.equal(isChecked("unavailableModel", after(state)), models);
    });
  }

  it("neither before the first check, but the models once their list is known", () => {
    assert.equal(isChecked("noQuota", { health: [] }), false);
    assert.equal(isChecked("unavailableModel", { health: [], offeredModels: undefined }), false);
    assert.equal(isChecked("unavailableModel", { health: [], offeredModels: [] }), true);
  });

  it("by what the chosen endpoint said, not another one", () => {
    const health = [healthReport({ state: "unreachable" }), healthReport({ state: "ok" })];
    assert.equal(isChecked("noQuota", { health }), false);
  });

  it("a bad key wherever there is one", () => {
    const none = { apiKey: undefined, codex: {}, opencode: {} } as unknown as Snapshot;
    assert.equal(isChecked("incompleteKey", none), false);
    for (const some of [{ apiKey: "x" }, { codex: { apiKey: "x" } }, { opencode: { apiKey: "x" } }])
      assert.equal(isChecked("incompleteKey", { ...none, ...some } as unknown as Snapshot), true);
  });
});
