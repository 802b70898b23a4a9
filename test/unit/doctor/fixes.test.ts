import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { notedOf } from "../../../src/doctor/overview/noted";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  ENDPOINT,
  Machine,
  type MachineState,
  OPENCODE_FILES,
} from "./machine";

const CHATGPT = { auth_mode: "chatgpt", tokens: { access_token: "access", refresh_token: "refresh" } };

async function fixesOf(state: MachineState): Promise<Record<string, string>> {
  return Machine.use(state, async (machine) => {
    const problems = diagnose(await machine.snapshot());
    return Object.fromEntries(problems.map(({ code, fix, action }) => [code, fix ? "fix" : (action ?? "")]));
  });
}

describe("the way out of a problem", () => {
  // A fixed config.toml alone would lead the token to the gateway.
  const changes = {
    "endpoint/website": { base_url: 'base_url = "https://tokenpool.dev"' },
    "codex/key-not-sent": { auth: "" },
    "codex/wire-api-chat": { wire_api: 'wire_api = "chat"' },
    "codex/legacy-profile": { top: 'profile = "work"' },
    "codex/provider-not-found": { provider: 'model_provider = "tokenpol"' },
  };
  for (const [code, change] of Object.entries(changes)) {
    it(`is the whole configuration while a ChatGPT login is in charge: ${code}`, async () => {
      const files = { ".codex/config.toml": codexConfig(change), ".codex/auth.json": codexAuth(CHATGPT) };
      assert.equal((await fixesOf({ files }))[code], "configure:codex");
    });
  }

  it("is a fix that brings the key along, whoever is logged in", () =>
    Machine.use(
      {
        files: {
          ".codex/config.toml": codexConfig({ more: 'api_key = "abc"' }),
          ".codex/auth.json": codexAuth(CHATGPT),
        },
      },
      async (machine) => {
        const found = diagnose(await machine.snapshot()).find(({ code }) => code === "codex/key-in-config");
        assert.ok(found?.fix);
        // auth.json first: from then on the ChatGPT token is not sent any more.
        assert.deepEqual(
          found.fix().files.map(({ path }) => path.slice(machine.home.length)),
          ["/.codex/auth.json", "/.codex/config.toml"],
        );
      },
    ));

  it("is no fix that would be refused, where CC Switch leads the requests through itself", async () => {
    const settings = { currentProviderCodex: "tokenpool-1764000000000", enableLocalProxy: true };
    const dangers: Record<string, string>[] = [
      { ".codex/config.toml": codexConfig({ top: 'experimental_bearer_token = "abc"' }) },
      { ".codex/auth.json": codexAuth({ OPENAI_API_KEY: "Bearer abc" }) },
    ];
    for (const danger of dangers) {
      const files = { ...CODEX_FILES, ".cc-switch/settings.json": JSON.stringify(settings), ...danger };
      await Machine.use({ files }, async (machine) => {
        const problems = diagnose(await machine.snapshot());
        assert.ok(problems.length > 0);
        for (const { code, fix } of problems) assert.doesNotThrow(() => fix?.(), code);
      });
    }
  });

  it("is no fix that would be refused, and every look tells what there is, where OpenCode's files keep it from one", async () => {
    const openai = { options: { baseURL: `${ENDPOINT}/v1`, apiKey: API_KEY } };
    const override = JSON.stringify({ provider: { openai } });
    const states: MachineState[] = [
      {
        files: {
          ".config/opencode/opencode.json": override,
          ".config/opencode/config.json": Buffer.of(0xff, 0xfe),
        },
      },
      { files: { "{x}/opencode/opencode.json": override }, variables: { XDG_CONFIG_HOME: "$HOME/{x}" } },
    ];
    for (const state of states) {
      const fixes = await fixesOf(state);
      assert.equal(fixes["opencode/documented-openai-override"], "configure:opencode");
      await Machine.use(state, async (machine) => {
        const snapshot = await machine.snapshot();
        notedOf(snapshot, diagnose(snapshot));
      });
    }
  });

  it("begins with setting a key where none is stored", async () => {
    const files = {
      ...CODEX_FILES,
      ...OPENCODE_FILES,
      ".codex/auth.json": codexAuth({ OPENAI_API_KEY: "Bearer abc" }),
      ".config/tokenpool/api-key": "",
    };
    const fixes = await fixesOf({ apiKey: null, files });
    assert.deepEqual(fixes, { "key/malformed": "setApiKey", "key/missing": "setApiKey" });
  });

  it("begins with taking a client's key over where none is stored", async () => {
    await Machine.use({ apiKey: null, files: CODEX_FILES }, async (machine) => {
      const [found] = diagnose(await machine.snapshot()).filter(({ code }) => code === "key/missing");
      assert.equal(found?.action, "setUp");
      assert.match(found.message, /in use already \(Codex\)/);
      assert.ok(!found.message.includes(API_KEY));
    });
  });

  it("asks for a model where the chosen one is not offered either", async () => {
    const files = { ...CODEX_FILES, ".codex/config.toml": codexConfig({ model: 'model = "gpt-9"' }) };
    const fixes = await fixesOf({ files, offeredModels: ["gpt-6"] });
    assert.deepEqual(fixes, { "account/model-unavailable": "chooseModel" });
  });
});
