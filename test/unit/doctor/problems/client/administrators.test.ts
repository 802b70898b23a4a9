import assert from "node:assert/strict";
import { systemFiles } from "../../../../../src/clients/codex/state/systemFiles";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { codexConfig } from "../../machine";
import { inProfile, snapshotOnWindows, WINDOWS_FILES } from "../../windowsMachine";

const CODEX = "ProgramData/OpenAI/Codex";
const OPENCODE = "ProgramData/opencode";

/** As codex.exe 0.169.0 and opencode.exe 1.18.32 did it under Wine. */
describe("an administrator's files on Windows", () => {
  type Variables = Readonly<Record<string, string>>;
  const found = async (files: Readonly<Record<string, string>>, variables: Variables = {}) =>
    diagnose(await snapshotOnWindows({ files: { ...WINDOWS_FILES, ...files }, variables })).map(
      ({ code, severity, path = "", evidence, range }) =>
        [code, severity, path, evidence ?? range?.line].join(" "),
    );

  it("are none where there are none", async () => assert.deepEqual(await found({}), []));

  it("prescribe Codex's provider, and nothing else", async () => {
    const text = 'model_provider = "company"\nmodel = "o3"\n';
    assert.deepEqual(await found({ [`${CODEX}/requirements.toml`]: text }), [
      "client/managed warning C:\\ProgramData\\OpenAI\\Codex\\requirements.toml model_provider",
    ]);
  });

  it("hold what counts where the person's own file says nothing", async () => {
    const files = {
      ...inProfile({ ".codex/config.toml": codexConfig({ provider: "" }) }),
      [`${CODEX}/config.toml`]: 'model_provider = "OpenAI"\nmodel = "o3"\n',
    };
    assert.deepEqual(await found(files), []);
    const { codex } = await snapshotOnWindows({ files: { ...WINDOWS_FILES, ...files } });
    assert.equal(codex.usesTokenPool, true);
  });

  it("keep Codex from starting where they cannot be read", async () => {
    const text = "\nmodel = “o3”\n";
    assert.deepEqual(await found({ [`${CODEX}/requirements.toml`]: text }), [
      "client/managed error C:\\ProgramData\\OpenAI\\Codex\\requirements.toml 1",
    ]);
    assert.deepEqual(await found({ [`${CODEX}/config.toml`]: text }), [
      "client/managed error C:\\ProgramData\\OpenAI\\Codex\\config.toml 1",
    ]);
  });

  it("are not those that Codex reads on other systems", async () => {
    const text = 'model_provider = "company"\n';
    const old = { [`${CODEX}/managed_config.toml`]: text, "etc/codex/requirements.toml": text };
    assert.deepEqual(await found({ ...old, ...inProfile({ ".codex/managed_config.toml": text }) }), []);
  });

  it("prescribe OpenCode's model, in two files of which the second is the stronger", async () => {
    const text = '{ "model": "company/large" }';
    const isFound = (name: string) => `client/managed information C:\\ProgramData\\opencode\\${name} model`;
    assert.deepEqual(await found({ [`${OPENCODE}/opencode.json`]: text }), [isFound("opencode.json")]);
    assert.deepEqual(await found({ [`${OPENCODE}/opencode.jsonc`]: text }), [isFound("opencode.jsonc")]);
    assert.deepEqual(await found({ [`${OPENCODE}/config.json`]: text }), []);
  });

  it("are where the system says that programs keep their data", async () => {
    const files = {
      "Data/OpenAI/Codex/requirements.toml": 'model_provider = "company"\n',
      "Data/opencode/opencode.json": '{ "model": "company/large" }',
    };
    assert.deepEqual(await found(files), []);
    assert.deepEqual(await found(files, { ProgramData: "C:\\Data" }), [
      "client/managed warning C:\\Data\\OpenAI\\Codex\\requirements.toml model_provider",
      "client/managed information C:\\Data\\opencode\\opencode.json model",
    ]);
    assert.deepEqual(await found(files, { ProgramData: "Data" }), []);
  });

  it("are those of the distribution where Codex runs in WSL", () => {
    const windows = { platform: "win32", variables: {} } as const;
    assert.deepEqual(systemFiles(windows, "\\\\wsl.localhost\\Debian\\home\\ann\\.codex"), {
      defaults: "\\\\wsl.localhost\\Debian\\etc\\codex\\config.toml",
      managed: "\\\\wsl.localhost\\Debian\\etc\\codex\\managed_config.toml",
      requirements: "\\\\wsl.localhost\\Debian\\etc\\codex\\requirements.toml",
    });
  });
});
