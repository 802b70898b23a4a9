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
const OPENCODE_AUTH = ".local/share/opencode/auth.json";
const OPENCODE_LOGIN = JSON.stringify({ tokenpool: { type: "api", key: `${API_KEY}\n` } });
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
  "a provider of OpenCode for the Responses API, without /v1": {
    files: {
      [OPENCODE]: JSON.stringify({
        provider: { mine: { npm: "@ai-sdk/openai", options: { baseURL: ENDPOINT } } },
      }),
    },
  },
  "Codex as documented": { files: CODEX_FILES },
  "a profile for another provider beside it": {
    files: { ...CODEX_FILES, ".codex/work.config.toml": 'model_provider = "x"' },
  },
  "Codex at the other endpoint": {
    files: codexOnly({ base_url: 'base_url = "https://api.tokenpool.dev"' }),
  },
  "Codex set up by the defaults of an administrator": {
    files: { "etc/codex/config.toml": codexConfig(), [AUTH]: codexAuth() },
  },
  "Codex whose provider alone comes from an administrator": {
    files: {
      "etc/codex/config.toml": codexConfig({ provider: "" }),
      [CONFIG]: 'model_provider = "OpenAI"\n',
      [AUTH]: codexAuth(),
    },
  },
  "Codex with /v1 and a slash": { files: codexOnly({ base_url: `base_url = "${ENDPOINT}/v1/"` }) },
  "Codex with disable_response_storage, before it was ignored": {
    files: codexOnly({ top: "disable_response_storage = true" }),
    versions: { codex: ["0.168.0"], opencode: [] },
  },
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
    variables: { TOKENPOOL_API_KEY: API_KEY },
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
  "OpenCode as configured by us": { files: OPENCODE_FILES },
  "OpenCode with the key in opencode.json": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: API_KEY }) },
  },
  "OpenCode with the key in a variable": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{env:MY_KEY}" }) },
    variables: { MY_KEY: API_KEY },
  },
  "OpenCode with the key in its own auth.json": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: undefined }), [OPENCODE_AUTH]: OPENCODE_LOGIN },
  },
  "OpenCode with another default model": {
    files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({ model: "anthropic/claude" }) },
  },
  "OpenCode with TokenPool enabled": {
    files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({ enabled_providers: ["tokenpool"] }) },
  },
  "OpenCode with TokenPool behind a program of this machine": {
    files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({}, { baseURL: "http://localhost:4000/v1" }) },
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
  "a project that uses TokenPool as well, and another provider with a key of its own": {
    files: {
      ...OPENCODE_FILES,
      "project/opencode.json": JSON.stringify(
        {
          provider: {
            theirs: { options: { baseURL: "https://elsewhere.example/v1", apiKey: "abc" } },
            tokenpool: {
              options: {
                baseURL: "https://api.clawto.link/v1",
                apiKey: "{file:~/.config/tokenpool/api-key}",
              },
            },
          },
        },
        undefined,
        2,
      ),
    },
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
  ...Object.fromEntries(
    ["@ai-sdk/openai@1.2.3", "@ai-sdk/openai-compatible@2.0.0-beta.12", "@ai-sdk/openai@latest"].map(
      (npm) => [
        `a project that takes a version of a known package: ${npm}`,
        {
          files: {
            ...OPENCODE_FILES,
            "project/opencode.json": JSON.stringify({ provider: { tokenpool: { npm } } }),
          },
          folders: ["project"],
        },
      ],
    ),
  ),
  "a project without a plugin, and with one that the user has everywhere": {
    files: {
      ...OPENCODE_FILES,
      ".config/opencode/config.json": '{"plugin":["mine@1.0.0"]}',
      "project/opencode.json": '{"plugin":[]}',
      "project/.opencode/opencode.json": '{"plugin":["mine@1.0.0"]}',
    },
    folders: ["project"],
  },
  "a project with code that OpenCode does not run": {
    files: {
      ...OPENCODE_FILES,
      "project/plugin/a.js": "",
      "project/tool/a.ts": "",
      "project/.opencode/plugin/readme.md": "",
      "project/.opencode/plugin/b/a.js": "",
      "project/.opencode/tool/a.mjs": "",
    },
    folders: ["project"],
  },
  "a project with plugins, nobody on TokenPool": {
    files: {
      ".config/opencode/opencode.json": "{}",
      "project/opencode.json": '{"plugin":["./a.js"]}',
      "project/.opencode/plugin/a.js": "",
    },
    folders: ["project"],
  },
  "the user's own plugins, with the home directory open": {
    files: { ...OPENCODE_FILES, ".opencode/opencode.json": "{}", ".opencode/plugin/a.js": "" },
    folders: [""],
  },
  "a project with a provider of its own, nobody on TokenPool": {
    files: {
      "project/opencode.json": opencodeConfig({}, { baseURL: "https://elsewhere.example/v1", apiKey: "abc" }),
    },
    folders: ["project"],
  },
  "Codex with env_key in its own .env file": {
    files: {
      ...codexOnly({ auth: 'env_key = "TOKENPOOL_API_KEY"' }, CHATGPT),
      ".codex/.env": `# mine\nexport TOKENPOOL_API_KEY="${API_KEY}" # TokenPool\nCODEX_API_KEY=ignored\n`,
    },
    variables: { TOKENPOOL_API_KEY: OTHER_KEY },
  },
  "Codex with a variable for OpenAI's key": { files: CODEX_FILES, variables: { OPENAI_API_KEY: OTHER_KEY } },
  "Codex with a variable for OpenAI's address": {
    files: CODEX_FILES,
    variables: { OPENAI_BASE_URL: ENDPOINT },
  },
  "Codex with ChatGPT, a variable for OpenAI's address": {
    files: { [AUTH]: JSON.stringify(CHATGPT) },
    variables: { OPENAI_BASE_URL: ENDPOINT, OPENAI_API_KEY: OTHER_KEY },
  },
  "Codex with ChatGPT, TokenPool's table left behind": {
    files: codexOnly({ provider: "" }, CHATGPT),
  },
  "Codex with an OpenAI key, TokenPool's table left behind": {
    files: codexOnly({ provider: "" }, { OPENAI_API_KEY: OTHER_KEY }),
  },
  "Codex with the key in a header from a variable": {
    files: codexOnly({ auth: 'env_http_headers = { Authorization = "TOKENPOOL_HEADER" }' }),
  },
  "Codex with the key from a command": {
    files: codexOnly({ auth: "", more: '[model_providers.OpenAI.auth]\ncommand = "cat"\nargs = ["key"]' }),
  },
  "Codex with tables as one line": {
    files: {
      [CONFIG]: `model_provider = "OpenAI"\nmodel_providers = { OpenAI = { name = "OpenAI", base_url = "${ENDPOINT}", requires_openai_auth = true } }\n`,
      [AUTH]: codexAuth(),
    },
  },
  "Codex with dotted and quoted keys": {
    files: {
      [CONFIG]: `"model_provider" = 'OpenAI'\nmodel_providers."OpenAI".name = "OpenAI"\nmodel_providers.OpenAI.base_url = "${ENDPOINT}"\nmodel_providers.OpenAI.requires_openai_auth = true\n`,
      [AUTH]: codexAuth(),
    },
  },
  "Codex with a profile's table, not chosen": {
    files: codexOnly({ more: '\n[profiles.work]\nmodel = "o3"\nmodel_provider = "OpenAI"' }),
  },
  "Codex with what its own start screen notes": {
    files: codexOnly({
      more: '\n[notice.model_migrations]\n"gpt-5.5" = "gpt-6-sol"\n\n[projects."/x"]\ntrust_level = "trusted"',
    }),
    offeredModels: ["gpt-5.5"],
  },
  "Codex with Amazon's provider set up beside it": {
    files: codexOnly({ more: '\n[model_providers.amazon-bedrock.aws]\nprofile = "x"' }),
  },
  "Codex with Amazon's provider in use": {
    files: codexOnly({
      provider: 'model_provider = "amazon-bedrock"',
      more: "\n[model_providers.amazon-bedrock.aws]",
    }),
  },
  "Codex with Ollama, which does not run, a key stored": {
    files: {
      [CONFIG]:
        'model_provider = "local"\n[model_providers.local]\nname = "L"\nbase_url = "http://127.0.0.1:11434/v1"\n',
    },
  },
  "Codex with a switching tool that runs": {
    files: codexOnly({ base_url: 'base_url = "http://127.0.0.1:15721/v1"' }, { OPENAI_API_KEY: "proxy" }),
    ports: [15721],
  },
  "Codex with WebSockets of another provider": {
    files: {
      [CONFIG]:
        'model_provider = "x"\n[model_providers.x]\nname = "X"\nbase_url = "https://x.example"\nsupports_websockets = true\n',
    },
  },
  "Codex of somebody else with a reserved name": {
    files: { [CONFIG]: '[model_providers.ollama]\nname = "O"\nbase_url = "http://127.0.0.1:1"\n' },
  },
  "Codex of somebody else with disable_response_storage": {
    files: { [CONFIG]: 'model = "gpt-5"\ndisable_response_storage = true\n' },
  },
  "Codex with certificates of the company": {
    files: { ...CODEX_FILES, "company.pem": "-----BEGIN" },
    variables: { SSL_CERT_FILE: "~/company.pem" },
  },
  "ChatGPT with a missing certificate file": {
    files: { [AUTH]: JSON.stringify(CHATGPT) },
    variables: { SSL_CERT_FILE: "~/company.pem" },
  },
  "Codex in a directory of one's own choice": {
    files: { "mine/config.toml": codexConfig(), "mine/auth.json": codexAuth() },
    variables: { CODEX_HOME: "$HOME/mine" },
  },
  "Codex in the directory of the setting": {
    files: { "mine/config.toml": codexConfig(), "mine/auth.json": codexAuth() },
    codexHome: "mine",
  },
  "Codex with ChatGPT in WSL": { files: { [AUTH]: JSON.stringify(CHATGPT) }, wslSilent: true },
  "Codex with another model than the setting's, offered": {
    files: codexOnly({ model: 'model = "gpt-5.6"' }),
    offeredModels: ["gpt-5.5", "gpt-5.6"],
  },
  "a project that chooses another model for Codex": {
    files: { ...CODEX_FILES, "project/.codex/config.toml": 'model = "gpt-5.6"\n' },
    folders: ["project"],
    offeredModels: ["gpt-5.5", "gpt-5.6"],
  },
  "a project with a provider and a model of its own": {
    files: {
      ...OPENCODE_FILES,
      "project/opencode.json": '{ "enabled_providers": ["anthropic"], "model": "anthropic/claude" }',
    },
    folders: ["project"],
  },
  "a project with broken files, nobody on TokenPool": {
    files: { "project/.codex/config.toml": "model = ", "project/opencode.json": "{" },
    folders: ["project"],
  },
  "a project with a provider for Codex, nobody on TokenPool": {
    files: { "project/.codex/config.toml": 'model_provider = "team"\n' },
    folders: ["project"],
  },
  "the home directory opened as a folder": { files: { ...CODEX_FILES, ...OPENCODE_FILES }, folders: ["."] },
  "OpenCode with its own auth.json and OPENAI_API_KEY": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: undefined }), [OPENCODE_AUTH]: OPENCODE_LOGIN },
    variables: { OPENAI_API_KEY: OTHER_KEY },
  },
  "OpenCode with the stored key in OPENAI_API_KEY": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: undefined }) },
    variables: { OPENAI_API_KEY: API_KEY },
  },
  "OpenCode with the key in a header": {
    files: {
      [OPENCODE]: opencodeConfig({}, { apiKey: undefined, headers: { Authorization: `Bearer ${API_KEY}` } }),
    },
  },
  "OpenCode with its auth.json in the environment": {
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: undefined }) },
    variables: { OPENCODE_AUTH_CONTENT: OPENCODE_LOGIN },
  },
  "OpenCode with other logins in auth.json": {
    files: {
      ...OPENCODE_FILES,
      [OPENCODE_AUTH]: '{"anthropic":{"type":"oauth"},"tokenpool":{"key":"unused"}}',
    },
  },
  "OpenCode with two files that do not disagree": {
    files: { ...OPENCODE_FILES, ".config/opencode/opencode.jsonc": '{ "theme": "dark" }' },
  },
  "OpenCode with two files, nothing of TokenPool's": {
    files: { [OPENCODE]: '{ "model": "a/b" }', ".config/opencode/opencode.jsonc": '{ "model": "c/d" }' },
  },
  "OpenCode with a file of its own for instructions": {
    files: {
      ...OPENCODE_FILES,
      [OPENCODE]: opencodeConfig({ instructions: ["{file:./mine.md}"] }),
      ".config/opencode/mine.md": "",
    },
  },
  "OpenCode of somebody else with a missing file": {
    files: { [OPENCODE]: '{ "instructions": ["{file:./missing.md}"] }' },
  },
  "OpenCode with a missing file in a comment": {
    files: { ...OPENCODE_FILES, [OPENCODE]: `// {file:./missing}\n${opencodeConfig()}` },
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
