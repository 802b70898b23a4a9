import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { codexConfig, CODEX_FILES, Machine, type MachineState, OTHER_KEY } from "../../machine";

describe("a Codex of a version that could not be learned", () => {
  const codes = (state: MachineState, ...codex: readonly string[]) =>
    Machine.use({ ...state, versions: { codex, opencode: [] } }, async (machine) =>
      diagnose(await machine.snapshot())
        .map(({ code }) => code)
        .filter((code) => code.startsWith("codex/")),
    );

  const notSent: MachineState = {
    files: { ...CODEX_FILES, ".codex/config.toml": codexConfig({ auth: "" }) },
  };

  it("counts as one that asks for the key's setting, beside none or a new one", async () => {
    for (const versions of [[], ["0.0.0"], ["0.149.0"], ["0.100.0", "0.149.0"]])
      assert.deepEqual(await codes(notSent, ...versions), ["codex/key-not-sent"], versions.join());
  });

  it("does not speak for an old one beside it", async () => {
    for (const versions of [["0.148.9"], ["0.0.0", "0.148.9"]])
      assert.deepEqual(await codes(notSent, ...versions), [], versions.join());
  });

  const overridden: MachineState = { files: CODEX_FILES, variables: { OPENAI_API_KEY: OTHER_KEY } };

  it("counts as one that heeds auth.json", async () => {
    for (const versions of [[], ["0.0.0"], ["0.60.0"]])
      assert.deepEqual(await codes(overridden, ...versions), [], versions.join());
    for (const versions of [["0.59.9"], ["0.0.0", "0.59.9"]])
      assert.deepEqual(
        await codes(overridden, ...versions),
        ["codex/environment-key-overrides"],
        versions.join(),
      );
  });
});
