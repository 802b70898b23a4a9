import assert from "node:assert/strict";
import { describeOverride, overridesOf } from "../../../../src/doctor/snapshot/overrides";
import { codexConfig, CODEX_FILES, Machine, type MachineState, OPENCODE_FILES } from "../machine";

/** Paths below the home directory, the strongest first. */
async function chains(state: MachineState) {
  return Machine.use(state, async (machine) => {
    const { codex, opencode } = overridesOf(await machine.snapshot());
    const short = (path: string) => path.replace(`${machine.home}/`, "");
    const describeAll = (all: typeof codex) => all.map((each) => describeOverride(each, short));
    return { codex: describeAll(codex), opencode: describeAll(opencode) };
  });
}

describe("what outranks what TokenPool writes", () => {
  it("is nothing on a healthy machine", async () => {
    const files = { ...CODEX_FILES, ...OPENCODE_FILES };
    assert.deepEqual(await chains({ files }), { codex: [], opencode: [] });
  });

  it("is for Codex a variable, then a project, then a profile", async () => {
    const files = {
      ...CODEX_FILES,
      ".codex/config.toml": codexConfig({ top: 'profile = "work"' }),
      "project/.codex/config.toml": 'model = "gpt-5.6"\n',
      ".codex/home.config.toml": 'model_provider = "x"\nreview_model = "y"\n',
      ".codex/empty.config.toml": 'approval_policy = "never"\n',
    };
    const { codex } = await chains({ files, folders: ["project"], variables: { CODEX_API_KEY: "abc" } });
    assert.deepEqual(codex, [
      "environment variable CODEX_API_KEY",
      "project/.codex/config.toml: model",
      ".codex/home.config.toml: model_provider, review_model, with --profile home",
      ".codex/config.toml: profile",
    ]);
  });

  // Measured with OpenCode 1.18.33.
  it("is for OpenCode the environment, then ~/.opencode, then a project, its inner files first", async () => {
    const model = JSON.stringify({ model: "tokenpool/gpt-5.5" });
    const files = {
      ...OPENCODE_FILES,
      ".opencode/opencode.json": model,
      "project/opencode.json": model,
      "project/.opencode/opencode.json": model,
    };
    const { opencode } = await chains({
      files,
      folders: ["project"],
      variables: { OPENCODE_CONFIG_CONTENT: model },
    });
    assert.deepEqual(opencode, [
      "OPENCODE_CONFIG_CONTENT: model",
      ".opencode/opencode.json: model",
      "project/.opencode/opencode.json: model",
      "project/opencode.json: model",
    ]);
  });
});
