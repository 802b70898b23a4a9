import assert from "node:assert/strict";
import { keyFileRepair } from "../../../../../src/clients/opencode/state/keyFile";
import { inspectOpencode } from "../../../../../src/clients/opencode/state/state";
import { API_KEY, TemporaryMachine } from "../temporaryMachine";

const GLOBAL = ".config/opencode";
const KEY_FILE = ".config/tokenpool/api-key";

function config(apiKey: string, baseURL = "https://api.clawto.link/v1"): string {
  return JSON.stringify({ provider: { tokenpool: { options: { baseURL, apiKey } } } });
}

describe("inspecting OpenCode", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  const choices: [string, string[], string][] = [
    ["nothing there", [], "opencode.json"],
    ["only config.json", ["config.json"], "config.json"],
    ["opencode.json before config.json", ["config.json", "opencode.json"], "opencode.json"],
    ["opencode.jsonc before both", ["config.json", "opencode.json", "opencode.jsonc"], "opencode.jsonc"],
  ];
  for (const [name, files, chosen] of choices) {
    it(`writes the file in use: ${name}`, async () => {
      for (const file of files) await machine.write(`${GLOBAL}/${file}`, "{}");
      const { config: target } = await machine.inspect();
      assert.equal(target.path, machine.path(`${GLOBAL}/${chosen}`));
      assert.equal(target.exists, files.length > 0);
    });
  }

  it("writes the file OPENCODE_CONFIG names, even before it exists", async () => {
    await machine.write(`${GLOBAL}/opencode.jsonc`, '{ "model": "other/model" }');
    machine.variables = { OPENCODE_CONFIG: machine.path("own.json") };
    const state = await machine.inspect();
    assert.equal(state.config.path, machine.path("own.json"));
    assert.equal(state.defaultModel, "other/model");
  });

  it("sees nothing where nothing is configured", async () => {
    const state = await machine.inspect();
    assert.equal(state.usesTokenPool, false);
    assert.equal(state.baseUrl, undefined);
    assert.equal(state.apiKey, undefined);
    assert.equal(state.keyFile.missing, false);
    assert.equal(keyFileRepair(state, API_KEY), undefined);
    assert.deepEqual(state.files, [machine.path(`${GLOBAL}/opencode.json`), machine.path(KEY_FILE)]);
  });

  const uses: [string, string, boolean][] = [
    ["a provider that leads to TokenPool", config("k"), true],
    ["a TokenPool default model", '{ "model": "tokenpool/gpt-5.5" }', true],
    ["a provider of ours that leads elsewhere", config("k", "https://gateway.example/v1"), false],
    ["another provider", '{ "model": "openai/gpt-5.5", "provider": { "openai": {} } }', false],
    ["values of the wrong type", '{ "model": 1, "provider": { "tokenpool": [] } }', false],
  ];
  for (const [name, text, expected] of uses) {
    it(`${expected ? "recognises" : "does not mistake for TokenPool"}: ${name}`, async () => {
      await machine.write(`${GLOBAL}/opencode.json`, text);
      assert.equal((await machine.inspect()).usesTokenPool, expected);
    });
  }

  it("counts the address the user chose as TokenPool", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, config("k", "https://gateway.example/v1"));
    assert.equal((await machine.inspect("https://gateway.example")).usesTokenPool, true);
  });

  const keys: [string, string, string | undefined][] = [
    ["literal", "literal-key", "literal-key"],
    ["in the environment", "{env:OWN_KEY}", "environment-key"],
    ["in an unset variable", "{env:NO_KEY}", undefined],
    ["in a file below the home directory", "{file:~/keys/one}", "file-key"],
    ["in a file beside the configuration", "{file:../../keys/one}", "file-key"],
    ["in a file that is not there", "{file:~/keys/none}", undefined],
    ["with a blank before the path, which OpenCode takes as part of it", "{file: ~/keys/one}", undefined],
  ];
  for (const [name, apiKey, expected] of keys) {
    it(`finds the key: ${name}`, async () => {
      await machine.write("keys/one", "  file-key\n");
      await machine.write(`${GLOBAL}/opencode.json`, config(apiKey));
      machine.variables = { OWN_KEY: "environment-key" };
      assert.equal((await machine.inspect()).apiKey, expected);
    });
  }

  it("takes each value from the layer that wins", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, config("lower", "https://lower.example/v1"));
    await machine.write(
      `${GLOBAL}/opencode.jsonc`,
      '{ "provider": { "tokenpool": { "options": { "apiKey": "upper" } } } }',
    );
    const { apiKey, baseUrl } = await machine.inspect();
    assert.deepEqual({ apiKey, baseUrl }, { apiKey: "upper", baseUrl: "https://lower.example/v1" });
  });

  it("reports what overrides the file to write", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, config("k"));
    await machine.write(".opencode/opencode.json", '{ "model": "other/model", "theme": "dark" }');
    await machine.write("dir/opencode.jsonc", '{ "theme": "dark" }');
    machine.variables = {
      OPENCODE_CONFIG_DIR: machine.path("dir"),
      OPENCODE_CONFIG_CONTENT: '{ "provider": { "tokenpool": { "name": "Mine" } } }',
    };
    assert.deepEqual((await machine.inspect()).overriddenBy, [
      { path: machine.path(".opencode/opencode.json"), keys: ["model"] },
      { path: "OPENCODE_CONFIG_CONTENT", keys: ["provider.tokenpool"] },
    ]);
  });

  it("keeps a broken file as a state with its place", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, '{\n  "model": \n}');
    machine.variables = { OPENCODE_CONFIG_CONTENT: "{" };
    const { config: broken, layers } = await machine.inspect();
    assert.equal(broken.problem?.code, "change/invalid-syntax");
    assert.equal(layers.at(-1)?.problem?.code, "change/invalid-syntax");
  });

  describe("the key file", () => {
    const missing: [string, string, boolean][] = [
      ["in our provider", config("{file:~/.config/tokenpool/api-key}"), true],
      ["by its absolute path", config("HOME"), true],
      [
        "in a block comment, where OpenCode reads it too",
        "{ /* {file:~/.config/tokenpool/api-key} */ }",
        true,
      ],
      ["in a line comment", "{\n  // {file:~/.config/tokenpool/api-key}\n}", false],
      ["not at all", config("{file:~/elsewhere}"), false],
    ];
    for (const [name, text, expected] of missing) {
      it(`is ${expected ? "missing" : "not missed"} when a configuration names it ${name}`, async () => {
        const path = machine.path(KEY_FILE);
        await machine.write(`${GLOBAL}/opencode.json`, text.replace("HOME", `{file:${path}}`));
        const state = await machine.inspect();
        assert.equal(state.keyFile.missing, expected);
        const repair = keyFileRepair(state, API_KEY);
        assert.equal(
          repair && Buffer.from(repair.content ?? []).toString(),
          expected ? `${API_KEY}\n` : undefined,
        );
        await machine.write(KEY_FILE, "k");
        assert.equal((await machine.inspect()).keyFile.missing, false);
      });
    }

    it("stays where a configuration already names it, although XDG_CONFIG_HOME is set by now", async () => {
      await machine.write(`${GLOBAL}/opencode.json`, config("{file:~/.config/tokenpool/api-key}"));
      machine.variables = {
        XDG_CONFIG_HOME: machine.path("xdg"),
        OPENCODE_CONFIG: machine.path(`${GLOBAL}/opencode.json`),
      };
      const { keyFile } = await machine.inspect();
      assert.equal(keyFile.path, machine.path(KEY_FILE));
      assert.equal(keyFile.placeholder, "{file:~/.config/tokenpool/api-key}");
    });

    it("is named by its absolute path when XDG_CONFIG_HOME is set", async () => {
      machine.variables = { XDG_CONFIG_HOME: machine.path("xdg") };
      const { keyFile } = await machine.inspect();
      const named = machine.path("xdg/tokenpool/api-key").replaceAll("\\", "/");
      assert.equal(keyFile.placeholder, `{file:${named}}`);
    });

    it("is named with forward slashes on Windows", async () => {
      const windows = { ...machine.environment, platform: "win32" as const, homeDirectory: "C:\\Users\\ann" };
      const { keyFile } = await inspectOpencode(windows, "");
      assert.equal(keyFile.placeholder, "{file:C:/Users/ann/.config/tokenpool/api-key}");
    });
  });
});
