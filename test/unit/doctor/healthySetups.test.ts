import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { problemId } from "../../../src/doctor/problem";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  ENDPOINT,
  healthReport,
  Machine,
  type MachineState,
  opencodeConfig,
  OPENCODE_FILES,
  OTHER_KEY,
} from "./machine";

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";
const CHATGPT = { auth_mode: "chatgpt", tokens: { access_token: "access", refresh_token: "refresh" } };
const NOBODY = { codex: [], opencode: [] };

const codexOnly = (changes: Record<string, string>, auth?: object) => ({
  [CONFIG]: codexConfig(changes),
  [AUTH]: codexAuth(auth),
});

/** Other people's set-ups must stay without a word as well: no TokenPool, no finding. */
const HEALTHY: Readonly<Record<string, MachineState>> = {
  "nothing installed, nothing stored": { apiKey: null, versions: NOBODY },
  "nothing configured, a key stored": {},
  "nothing configured, the endpoint works": { health: [healthReport({})] },
  "Codex as documented": { files: CODEX_FILES },
  "Codex at the other endpoint": {
    files: codexOnly({ base_url: 'base_url = "https://api.tokenpool.dev"' }),
  },
  "Codex with /v1 and a slash": { files: codexOnly({ base_url: `base_url = "${ENDPOINT}/v1/"` }) },
  "Codex with disable_response_storage": { files: codexOnly({ top: "disable_response_storage = true" }) },
  "Codex with a table of its own name": {
    files: codexOnly({ provider: 'model_provider = "tp"', table: "\n[model_providers.tp]" }),
  },
  "Codex with Windows line ends": {
    files: { [CONFIG]: codexConfig().replaceAll("\n", "\r\n"), [AUTH]: codexAuth() },
  },
  "Codex with a byte order mark in config.toml": {
    files: { [CONFIG]: `\ufeff${codexConfig()}`, [AUTH]: codexAuth() },
  },
  "Codex with blanks behind the key": {
    files: codexOnly({}, { OPENAI_API_KEY: `${API_KEY} ` }),
  },
  "Codex without auth_mode": { files: codexOnly({}, { OPENAI_API_KEY: API_KEY }) },
  "Codex with a ChatGPT login that is not in charge": {
    files: codexOnly({}, { ...CHATGPT, auth_mode: "apikey", OPENAI_API_KEY: API_KEY }),
  },
  "Codex with the same key in CODEX_API_KEY": { files: CODEX_FILES, variables: { CODEX_API_KEY: API_KEY } },
  "Codex with only CODEX_API_KEY": {
    files: { [CONFIG]: codexConfig() },
    variables: { CODEX_API_KEY: API_KEY },
  },
  "Codex with its login in the keyring": {
    files: { [CONFIG]: codexConfig({ top: 'cli_auth_credentials_store = "keyring"' }) },
  },
  "Codex with env_key beside a ChatGPT login": {
    files: codexOnly({ auth: 'env_key = "TOKENPOOL_API_KEY"' }, CHATGPT),
  },
  "Codex with an old version that needs no requires_openai_auth": {
    files: codexOnly({ auth: "" }),
    versions: { codex: ["0.148.0"], opencode: [] },
  },
  "Codex with TokenPool's table, but another provider in use": {
    files: codexOnly({ provider: 'model_provider = "openai"' }, CHATGPT),
  },
  "Codex with keys of its MCP servers": {
    files: codexOnly({ more: '\n[mcp_servers.x]\ncommand = "x"\n[mcp_servers.x.env]\nAPI_KEY = "abc"' }),
  },
  "Codex at an address of one's own choice": {
    baseUrl: "https://gateway.example/v1",
    files: codexOnly({ base_url: 'base_url = "https://gateway.example/v1"' }),
  },
  "Codex with ChatGPT": { apiKey: null, files: { [AUTH]: JSON.stringify(CHATGPT) } },
  "Codex with ChatGPT, a key stored": { files: { [AUTH]: JSON.stringify(CHATGPT) } },
  "Codex with an OpenAI key": {
    apiKey: null,
    files: { [AUTH]: JSON.stringify({ OPENAI_API_KEY: OTHER_KEY }) },
  },
  "Codex with another gateway": {
    files: codexOnly(
      { base_url: 'base_url = "http://gateway.example/v1/responses"', auth: "", more: 'api_key = "abc"' },
      { OPENAI_API_KEY: "short" },
    ),
  },
  "Codex with a local model": {
    files: { [CONFIG]: 'model_provider = "ollama"\nmodel = "qwen"\n' },
  },
  "Codex with an unknown provider of somebody else's": {
    files: { [CONFIG]: 'model_provider = "azure"\nmodel = "x"\n' },
  },
  "Codex with the old chat API of another provider": {
    files: {
      [CONFIG]: 'model_provider = "other"\n[model_providers.other]\nname = "O"\nwire_api = "chat"\n',
    },
  },
  "Codex with a profile, not for TokenPool": { files: { [CONFIG]: 'profile = "work"\nmodel = "x"\n' } },
  "Codex with a broken file, nothing stored": { apiKey: null, files: { [CONFIG]: "model = \n" } },
  "an empty config.toml and auth.json": { files: { [CONFIG]: "", [AUTH]: "" } },
  "a missing CODEX_HOME without Codex": {
    variables: { CODEX_HOME: "~/nowhere" },
    versions: NOBODY,
  },
  "OpenCode as configured by us": { files: OPENCODE_FILES },
  "OpenCode with the key in opencode.json": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: API_KEY }) },
  },
  "OpenCode with the key in a variable": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{env:MY_KEY}" }) },
    variables: { MY_KEY: API_KEY },
  },
  "OpenCode with the key in its own auth.json": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: undefined }) },
  },
  "OpenCode with another default model": {
    files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({ model: "anthropic/claude" }) },
  },
  "OpenCode with TokenPool enabled": {
    files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({ enabled_providers: ["tokenpool"] }) },
  },
  "OpenCode with comments": {
    files: { ...OPENCODE_FILES, [OPENCODE]: `// mine\n${opencodeConfig()}` },
  },
  "OpenCode with another provider": {
    files: {
      [OPENCODE]: JSON.stringify({
        provider: { mine: { options: { baseURL: "http://127.0.0.1:11434/v1", apiKey: "abc" } } },
        disabled_providers: ["tokenpool"],
      }),
    },
  },
  "OpenCode with an OpenAI address of one's own": {
    files: {
      [OPENCODE]: JSON.stringify({
        provider: { openai: { options: { baseURL: "https://proxy.example/v1", apiKey: "{env:NOT_SET}" } } },
      }),
    },
  },
  "OpenCode with a broken file, nothing stored": { apiKey: null, files: { [OPENCODE]: "{" } },
  "a project that only chooses a model": {
    files: { ...OPENCODE_FILES, "project/opencode.json": JSON.stringify({ model: "tokenpool/gpt-5.5" }) },
    folders: ["project"],
  },
  "a project that uses TokenPool as well": {
    files: { ...OPENCODE_FILES, "project/opencode.jsonc": opencodeConfig() },
    folders: ["project"],
  },
  "a project at the address of one's own choice": {
    baseUrl: "https://gateway.example",
    files: {
      ...OPENCODE_FILES,
      "project/opencode.json": opencodeConfig({}, { baseURL: "https://gateway.example/v1" }),
    },
    folders: ["project"],
  },
  "a project with a provider of its own, nobody on TokenPool": {
    files: { "project/opencode.json": opencodeConfig({}, { baseURL: "https://elsewhere.example/v1" }) },
    folders: ["project"],
  },
  "both clients, all models offered": {
    files: { ...CODEX_FILES, ...OPENCODE_FILES },
    offeredModels: ["gpt-5.5", "gpt-5.6"],
    health: [healthReport({})],
  },
  "a machine without a key, checked": {
    apiKey: null,
    health: [healthReport({ state: "noKey", code: "key/missing" })],
  },
};

describe("a healthy set-up", () => {
  for (const [title, state] of Object.entries(HEALTHY)) {
    it(`has no problem: ${title}`, () =>
      Machine.use(state, async (machine) => {
        assert.deepEqual(diagnose(await machine.snapshot()).map(problemId), []);
      }));
  }
});
