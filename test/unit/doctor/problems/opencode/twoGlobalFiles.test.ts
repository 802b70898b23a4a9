import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { Machine, opencodeConfig, OPENCODE_FILES } from "../../machine";

describe("two global files of OpenCode", () => {
  const folder = ".config/opencode";
  const seen = (weaker: object, stronger: object = {}) =>
    Machine.use(
      {
        files: {
          ...OPENCODE_FILES,
          [`${folder}/opencode.jsonc`]: opencodeConfig(stronger),
          [`${folder}/opencode.json`]: JSON.stringify(weaker),
        },
      },
      async (machine) =>
        diagnose(await machine.snapshot())
          .filter(({ code }) => code === "opencode/two-global-files")
          .map(({ evidence }) => evidence),
    );
  const whole = JSON.parse(opencodeConfig()) as { model: string; provider: { tokenpool: object } };

  it("are well while they say the same, in values of any depth", async () => {
    assert.deepEqual(await seen(whole), []);
    assert.deepEqual(await seen({ model: "tokenpool/gpt-5.5" }), []);
    const listing = (...input: readonly string[]) => {
      const { tokenpool } = whole.provider;
      const models = { "gpt-5.5": { modalities: { input } } };
      return { model: whole.model, provider: { tokenpool: { ...tokenpool, models } } };
    };
    assert.deepEqual(await seen(listing("text", "image"), listing("text", "image")), []);
    assert.deepEqual(await seen(listing("text"), listing("text", "image")), [
      "provider.tokenpool.models.gpt-5.5.modalities.input",
    ]);
  });

  it("are told of with all that the stronger one replaces, and nothing else", async () => {
    assert.deepEqual(await seen({ ...whole, model: "other/model" }), ["model"]);
    const options = { baseURL: "https://elsewhere.example/v1" };
    assert.deepEqual(await seen({ model: "other/model", provider: { tokenpool: { options } } }), [
      "model, provider.tokenpool.options.baseURL",
    ]);
  });

  it("are well where the stronger one says nothing of it", async () => {
    assert.deepEqual(await seen({ small_model: "other/small", theme: "dark" }), []);
  });
});
