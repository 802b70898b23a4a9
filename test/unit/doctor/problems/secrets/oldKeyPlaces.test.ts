import assert from "node:assert/strict";
import { CLIENT_IDS } from "../../../../../src/clients/clientId";
import { inspectClients } from "../../../../../src/clients/registry";
import { findOldKey } from "../../../../../src/doctor/problems/secrets/oldKeyPlaces";
import type { KeyPlace } from "../../../../../src/doctor/problems/secrets/keySearch";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY } from "../../machine";

describe("a key that was replaced", () => {
  /** @returns kind and place below the home directory, or the variable's name */
  const placesIn = (
    files: Readonly<Record<string, string | Uint8Array>>,
    inGit: readonly KeyPlace[] = [],
    variables: Readonly<Record<string, string>> = {},
  ) =>
    Machine.use({ files, variables }, async (machine) => {
      const { environment } = machine.sources();
      const states = await inspectClients(environment, ENDPOINT);
      const git = inGit.map((place) => ({ ...place, path: `${machine.home}/${place.path}` }));
      const found = await findOldKey(
        environment,
        CLIENT_IDS.map((id) => states[id]),
        git,
        API_KEY,
      );
      return found.map((place) =>
        place.kind === "variable"
          ? `variable ${place.name}`
          : `${place.kind} ${place.path.slice(machine.home.length + 1)}`,
      );
    });

  it("is found beside the clients' files, in what shells read and remember, and in CC Switch", async () => {
    const files = {
      ".codex/auth.json": `{"OPENAI_API_KEY":"${OTHER_KEY}"}`,
      ".codex/auth.json.bak": `{"OPENAI_API_KEY":"${API_KEY}"}`,
      ".zshrc": `export OPENAI_API_KEY=${API_KEY}\n`,
      ".bashrc": `export OPENAI_API_KEY=${OTHER_KEY}\n`,
      ".bash_history": `curl -H "Authorization: Bearer ${API_KEY}"\n`,
      ".cc-switch/cc-switch.db": Buffer.concat([Buffer.from([0, 1, 255]), Buffer.from(API_KEY)]),
      "Documents/PowerShell/profile.ps1": Buffer.from(`$env:X = "${API_KEY}"`, "utf16le"),
    };
    assert.deepEqual(await placesIn(files), [
      "file .codex/auth.json.bak",
      "file .zshrc",
      "file Documents/PowerShell/profile.ps1",
      "shellHistory .bash_history",
      "ccSwitch .cc-switch/cc-switch.db",
    ]);
  });

  it("is found where Git has it, but not in a file that has the new key by now", async () => {
    const files = { "p/staged": OTHER_KEY, "p/changed": OTHER_KEY, "p/left": API_KEY };
    const inGit = [
      { path: "p/gone", stage: "committed" },
      { path: "p/staged", stage: "staged" },
      { path: "p/changed", stage: "changed" },
      { path: "p/left", stage: "untracked" },
    ] as const;
    assert.deepEqual(await placesIn(files, inGit), ["commit p/gone", "git p/staged", "git p/left"]);
  });

  it("is found in a variable of that value alone", async () => {
    const variables = { CODEX_API_KEY: API_KEY, OPENAI_API_KEY: OTHER_KEY };
    assert.deepEqual(await placesIn({}, [], variables), ["variable CODEX_API_KEY"]);
  });

  it("is looked for in no file that is larger than any that people write", async () => {
    const files = { ".bash_history": Buffer.concat([Buffer.alloc(9_000_000), Buffer.from(API_KEY)]) };
    assert.deepEqual(await placesIn(files), []);
  });
});
