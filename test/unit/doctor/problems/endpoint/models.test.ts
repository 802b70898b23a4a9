import assert from "node:assert/strict";
import { modelRules } from "../../../../../src/doctor/problems/endpoint/models";
import type { Snapshot } from "../../../../../src/doctor/snapshot/snapshot";
import { codexConfig, CODEX_FILES, healthReport, Machine, type MachineState } from "../../machine";

describe("models that are not offered", () => {
  const look = (state: MachineState, changes: Partial<Snapshot> = {}) =>
    Machine.use(state, async (machine) => {
      const snapshot = { ...(await machine.snapshot()), ...changes };
      return modelRules.flatMap((rule) => rule(snapshot));
    });
  const told = async (...args: Parameters<typeof look>) =>
    (await look(...args)).map(({ code, client, evidence }) => [code, client, evidence]);

  const refused = [healthReport({ state: "degraded", code: "account/model-unavailable" })];

  it("are named: the model, or the one for reviews", async () => {
    const offered = { offeredModels: ["one", "two"] };
    assert.deepEqual(await told({}, { ...offered, model: "one", reviewModel: "three" }), [
      ["account/model-unavailable", undefined, "three"],
    ]);
    assert.deepEqual(await told({}, { ...offered, model: "four", reviewModel: "two" }), [
      ["account/model-unavailable", undefined, "four"],
    ]);
    assert.deepEqual(await told({}, { ...offered, model: "one", reviewModel: "two" }), []);
  });

  it("are both named, each once, where only the check says that one is not", async () => {
    assert.deepEqual(await told({ health: refused }, { model: "one", reviewModel: "two" }), [
      ["account/model-unavailable", undefined, "one, two"],
    ]);
    assert.deepEqual(await told({ health: refused }, { model: "one", reviewModel: "one" }), [
      ["account/model-unavailable", undefined, "one"],
    ]);
  });

  it("are no matter of the check once the list is known", async () => {
    const state = { health: refused, offeredModels: ["gpt-5.5"] };
    assert.deepEqual(await told(state), []);
  });

  it("of Codex's reviews are replaced by the one that was chosen for them", () =>
    Machine.use(
      { files: { ...CODEX_FILES, ".codex/config.toml": codexConfig({ top: 'review_model = "old"' }) } },
      async (machine) => {
        const chosen = { offeredModels: ["gpt-5.5", "for-reviews"], reviewModel: "for-reviews" };
        const snapshot = { ...(await machine.snapshot()), ...chosen };
        const [found, ...others] = modelRules.flatMap((rule) => rule(snapshot));
        assert.deepEqual(others, []);
        assert.deepEqual([found?.client, found?.evidence, found?.range?.line], ["codex", "old", 2]);
        assert.ok(found?.fix);
        await machine.apply(found.fix());
        assert.equal(
          await machine.read(".codex/config.toml"),
          codexConfig({ top: 'review_model = "for-reviews"' }),
        );
      },
    ));

  it("are not replaced by one that is not offered either", async () => {
    const files = { ...CODEX_FILES, ".codex/config.toml": codexConfig({ model: 'model = "old"' }) };
    const chosen = { offeredModels: ["gpt-5.5"], reviewModel: "not-offered" };
    const [ofSettings, ofCodex] = await look({ files }, chosen);
    assert.equal(ofSettings?.evidence, "not-offered");
    assert.deepEqual([ofCodex?.client, ofCodex?.fix, ofCodex?.action], ["codex", undefined, "chooseModel"]);
  });
});
