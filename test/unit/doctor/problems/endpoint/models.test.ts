import assert from "node:assert/strict";
import { parse } from "smol-toml";
import { modelRules } from "../../../../../src/doctor/problems/endpoint/models";
import type { Snapshot } from "../../../../../src/doctor/snapshot/snapshot";
import {
  codexConfig,
  CODEX_FILES,
  healthReport,
  Machine,
  type MachineState,
  opencodeConfig,
  OPENCODE_FILES,
} from "../../machine";

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

  describe("are replaced by the chosen one, never by the one for reviews:", () => {
    const chosen = { offeredModels: ["gpt-5.5", "for-reviews"], reviewModel: "for-reviews" };
    const afterFix = (file: string, content: string) =>
      Machine.use({ files: { ...CODEX_FILES, ...OPENCODE_FILES, [file]: content } }, async (machine) => {
        const snapshot = { ...(await machine.snapshot()), ...chosen };
        const [found, ...others] = modelRules.flatMap((rule) => rule(snapshot));
        assert.deepEqual(others, []);
        assert.ok(found?.fix);
        await machine.apply(found.fix());
        return machine.read(file);
      });

    it("Codex's own", async () => {
      const after = await afterFix(".codex/config.toml", codexConfig({ model: 'model = "old"' }));
      assert.equal(after, codexConfig({}));
    });

    it("one that Codex's start screen wrote, whose offer then counts as seen", async () => {
      const after = await afterFix(".codex/config.toml", codexConfig({ model: 'model = "gpt-9"' }));
      const { model, notice } = parse(after) as {
        model: string;
        notice: { model_migrations: object };
      };
      assert.equal(model, "gpt-5.5");
      assert.deepEqual(Object.entries(notice.model_migrations), [["gpt-5.5", "gpt-9"]]);
    });

    it("OpenCode's default, which is then listed", async () => {
      const config = opencodeConfig({ model: "tokenpool/old" }).replace('"gpt-5.5":', '"old":');
      const after = await afterFix(".config/opencode/opencode.json", config);
      const { model, provider } = JSON.parse(after) as {
        model: string;
        provider: { tokenpool: { models: object } };
      };
      assert.equal(model, "tokenpool/gpt-5.5");
      assert.deepEqual(Object.keys(provider.tokenpool.models), ["old", "gpt-5.5"]);
    });
  });

  it("are not replaced by one that is not offered either", async () => {
    const files = { ...CODEX_FILES, ".codex/config.toml": codexConfig({ model: 'model = "old"' }) };
    const chosen = { offeredModels: ["gpt-5.5"], reviewModel: "not-offered" };
    const [ofSettings, ofCodex] = await look({ files }, chosen);
    assert.equal(ofSettings?.evidence, "not-offered");
    assert.deepEqual([ofCodex?.client, ofCodex?.fix, ofCodex?.action], ["codex", undefined, "chooseModel"]);
  });
});
