import assert from "node:assert/strict";
import * as path from "node:path";
import { areFoldersAtRisk } from "../../../../src/editor/guard/foldersAtRisk";
import { API_KEY, Machine, type MachineState } from "../../doctor/machine";

const OPENCODE = { "project/opencode.json": "{}" };

describe("open folders are at risk", () => {
  const atRisk = (state: MachineState, folder = "project") =>
    Machine.use(state, (machine) => {
      const { environment, apiKey } = machine.sources();
      return areFoldersAtRisk(
        {
          environment: () => environment,
          apiKeys: { all: () => Promise.resolve(apiKey === undefined ? [] : [apiKey]) },
          changes: { fs: environment.fs, directory: path.join(machine.home, "store"), now: () => new Date() },
        },
        folder === "" ? [] : [path.join(machine.home, folder)],
      );
    });

  for (const [title, files] of Object.entries({
    "OpenCode's file": OPENCODE,
    "one in a folder above": { "opencode.jsonc": "{}", "project/x": "" },
    "one in .opencode": { "project/.opencode/opencode.json": "{}" },
    "a plugin alone": { "project/.opencode/plugin/a.js": "" },
    "Codex's file": { "project/.codex/config.toml": "" },
  })) {
    it(`with ${title}, where a key is stored`, async () => assert.equal(await atRisk({ files }), true));
  }

  it("where the key file is there", async () =>
    assert.equal(
      await atRisk({ apiKey: null, files: { ...OPENCODE, ".config/tokenpool/api-key": API_KEY } }),
      true,
    ));

  it("where the journal tells of earlier changes", async () =>
    assert.equal(await atRisk({ apiKey: null, files: { ...OPENCODE, "store/journal.json": "[]" } }), true));

  it("not where nothing of ours is there", async () =>
    assert.equal(await atRisk({ apiKey: null, files: OPENCODE }), false));

  it("not where they bring no configuration, or where none is open", async () => {
    assert.equal(await atRisk({ files: { "project/x": "" } }), false);
    assert.equal(await atRisk({ files: OPENCODE }, ""), false);
  });
});
