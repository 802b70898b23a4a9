import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { diagnose, toFinding } from "../../../src/doctor/diagnose";
import { KNOWLEDGE } from "../../../src/doctor/knowledge/knowledge";
import type { Snapshot } from "../../../src/doctor/snapshot";
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

interface Case extends MachineState {
  readonly title: string;
  readonly code: string;
  /** The text that is marked in the file, where a file is concerned. */
  readonly marked?: readonly [file: string, text: string];
  /** A change of files mends it. */
  readonly fixable: boolean;
  /** Codes of what the fix brings to light. */
  readonly left?: readonly string[];
}

const codexWith = (changes: Record<string, string>, auth?: object) => ({
  ".codex/config.toml": codexConfig(changes),
  ".codex/auth.json": codexAuth(auth),
});
const opencodeWith = (changes: object, options: object = {}) => ({
  ...OPENCODE_FILES,
  ".config/opencode/opencode.json": opencodeConfig(changes, options),
});
const CHATGPT_TOKENS = { id_token: "id", access_token: "access", refresh_token: "refresh" };

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";
const KEY_FILE = ".config/tokenpool/api-key";

const CASES: readonly Case[] = [
  {
    title: "Codex without a stored key",
    code: "key/missing",
    apiKey: null,
    files: CODEX_FILES,
    fixable: false,
  },
  {
    title: "the website in the setting",
    code: "endpoint/website",
    baseUrl: "https://tokenpool.dev",
    fixable: false,
  },
  {
    title: "the website in Codex",
    code: "endpoint/website",
    files: codexWith({ base_url: 'base_url = "https://tokenpool.dev"' }),
    marked: [CONFIG, '"https://tokenpool.dev"'],
    fixable: true,
  },
  {
    title: "the console's address in Codex",
    code: "endpoint/website",
    files: codexWith({ base_url: 'base_url = "https://www.tokenpool.dev/console"' }),
    marked: [CONFIG, '"https://www.tokenpool.dev/console"'],
    fixable: true,
  },
  {
    title: "the CDN in OpenCode",
    code: "endpoint/website",
    files: opencodeWith({}, { baseURL: "https://cdn.clawto.link/v1" }),
    marked: [OPENCODE, '"https://cdn.clawto.link/v1"'],
    fixable: true,
  },
  {
    title: "the website in OpenCode's provider openai",
    code: "endpoint/website",
    files: {
      [OPENCODE]: JSON.stringify({
        provider: { openai: { options: { baseURL: "https://tokenpool.dev/v1" } } },
      }),
    },
    marked: [OPENCODE, '"https://tokenpool.dev/v1"'],
    fixable: true,
    left: ["opencode/documented-openai-override"],
  },
  {
    title: "an address without https://",
    code: "endpoint/malformed",
    files: codexWith({ base_url: 'base_url = "api.clawto.link"' }),
    marked: [CONFIG, '"api.clawto.link"'],
    fixable: true,
  },
  {
    title: "an address that goes on after /v1",
    code: "endpoint/too-much-path",
    files: codexWith({ base_url: `base_url = "${ENDPOINT}/v1/responses"` }),
    marked: [CONFIG, `"${ENDPOINT}/v1/responses"`],
    fixable: true,
  },
  {
    title: "an endpoint without encryption",
    code: "endpoint/insecure",
    files: codexWith({ base_url: 'base_url = "http://api.clawto.link"' }),
    marked: [CONFIG, '"http://api.clawto.link"'],
    fixable: true,
  },
  {
    title: "api_key in the provider's table",
    code: "codex/key-in-config",
    files: codexWith({ more: `api_key = "${API_KEY}"` }),
    marked: [CONFIG, "api_key"],
    fixable: true,
  },
  {
    title: "OPENAI_API_KEY at the top of config.toml",
    code: "codex/key-in-config",
    files: codexWith({ top: `OPENAI_API_KEY = "${API_KEY}"` }),
    marked: [CONFIG, "OPENAI_API_KEY"],
    fixable: true,
  },
  {
    title: "a token in the provider's table",
    code: "codex/bearer-token-overrides",
    files: codexWith({ auth: "", more: `experimental_bearer_token = "${API_KEY}"` }),
    marked: [CONFIG, "experimental_bearer_token"],
    fixable: true,
  },
  ...(
    [
      ["masked", `${API_KEY.slice(0, 6)}…${API_KEY.slice(-4)}`],
      ["with stars", `${API_KEY.slice(0, 6)}****`],
      ["cut off", API_KEY.slice(0, 40)],
      ["without its beginning", API_KEY.slice(10)],
      ["with Bearer", `Bearer ${API_KEY}`],
      ["with a line break", `${API_KEY.slice(0, 30)}\n${API_KEY.slice(30)}`],
      ["in quotes", `“${API_KEY}”`],
    ] as const
  ).flatMap(([how, key]): Case[] => [
    {
      title: `Codex's key ${how}`,
      code: "key/malformed",
      files: codexWith({}, { auth_mode: "apikey", OPENAI_API_KEY: key }),
      marked: [AUTH, JSON.stringify(key)],
      fixable: true,
    },
    {
      title: `OpenCode's key ${how}`,
      code: "key/malformed",
      files: { ...OPENCODE_FILES, [KEY_FILE]: key },
      marked: [KEY_FILE, ""],
      fixable: true,
    },
  ]),
  {
    title: "an empty key file",
    code: "key/malformed",
    files: { ...OPENCODE_FILES, [KEY_FILE]: "\n" },
    marked: [KEY_FILE, ""],
    fixable: true,
  },
  {
    title: "a mangled key in opencode.json itself",
    code: "key/malformed",
    files: opencodeWith({}, { apiKey: "Bearer abc" }),
    marked: [OPENCODE, '"Bearer abc"'],
    fixable: true,
  },
  {
    title: "an empty key in auth.json",
    code: "codex/key-empty",
    files: codexWith({}, { OPENAI_API_KEY: " " }),
    marked: [AUTH, '" "'],
    fixable: true,
  },
  {
    title: "another key in auth.json",
    code: "codex/key-differs",
    files: codexWith({}, { OPENAI_API_KEY: OTHER_KEY }),
    marked: [AUTH, `"${OTHER_KEY}"`],
    fixable: true,
  },
  {
    title: "a ChatGPT login in charge",
    code: "codex/chatgpt-login-wins",
    files: codexWith({}, { auth_mode: "chatgpt", OPENAI_API_KEY: API_KEY, tokens: CHATGPT_TOKENS }),
    marked: [AUTH, '"chatgpt"'],
    fixable: true,
  },
  {
    title: "a ChatGPT login alone",
    code: "codex/chatgpt-login-wins",
    files: codexWith({}, { tokens: CHATGPT_TOKENS }),
    marked: [AUTH, ""],
    fixable: true,
  },
  {
    title: "auth.json with a byte order mark",
    code: "codex/auth-unreadable",
    files: { ...CODEX_FILES, [AUTH]: `\ufeff${codexAuth()}` },
    marked: [AUTH, ""],
    fixable: true,
  },
  {
    title: "auth.json with a comma too many",
    code: "codex/auth-unreadable",
    files: { ...CODEX_FILES, [AUTH]: '{ "OPENAI_API_KEY": "x", }' },
    marked: [AUTH, ""],
    fixable: false,
  },
  {
    title: "auth.json with a lower-case name",
    code: "codex/auth-wrong-shape",
    files: codexWith({}, { openai_api_key: API_KEY }),
    marked: [AUTH, ""],
    fixable: true,
  },
  {
    title: "no auth.json at all",
    code: "codex/auth-wrong-shape",
    files: { [CONFIG]: codexConfig() },
    marked: [AUTH, ""],
    fixable: true,
  },
  {
    title: "an auth_mode that Codex does not know",
    code: "codex/auth-wrong-shape",
    files: codexWith({}, { auth_mode: "api_key", OPENAI_API_KEY: API_KEY }),
    marked: [AUTH, '"api_key"'],
    fixable: true,
  },
  {
    title: "a provider that asks for no key",
    code: "codex/key-not-sent",
    files: codexWith({ auth: "" }),
    marked: [CONFIG, "base_url"],
    fixable: true,
  },
  {
    title: "another key in CODEX_API_KEY",
    code: "codex/environment-key-overrides",
    files: CODEX_FILES,
    variables: { CODEX_API_KEY: OTHER_KEY },
    fixable: false,
  },
  {
    title: "the keyring before a key in auth.json",
    code: "codex/keyring-store",
    files: codexWith({ top: 'cli_auth_credentials_store = "keyring"' }),
    marked: [CONFIG, '"keyring"'],
    fixable: true,
  },
  {
    title: "a forced ChatGPT login",
    code: "codex/forced-chatgpt-login",
    files: codexWith({ top: 'forced_login_method = "chatgpt"' }),
    marked: [CONFIG, '"chatgpt"'],
    fixable: true,
  },
  {
    title: "a profile of the old kind",
    code: "codex/legacy-profile",
    files: codexWith({ top: 'profile = "work"' }),
    marked: [CONFIG, '"work"'],
    fixable: true,
  },
  {
    title: "wire_api chat",
    code: "codex/wire-api-chat",
    files: codexWith({ wire_api: 'wire_api = "chat"' }),
    marked: [CONFIG, '"chat"'],
    fixable: true,
  },
  {
    title: "wire_api chat of another provider",
    code: "codex/wire-api-chat",
    files: codexWith({ more: '\n[model_providers.other]\nname = "Other"\nwire_api = "chat"' }),
    marked: [CONFIG, '"chat"'],
    fixable: true,
  },
  {
    title: "a provider under another name",
    code: "codex/provider-not-found",
    files: codexWith({ provider: 'model_provider = "tokenpol"' }),
    marked: [CONFIG, '"tokenpol"'],
    fixable: true,
  },
  {
    title: "config.toml with a broken line",
    code: "codex/config-invalid",
    files: { [CONFIG]: 'model = "gpt-5.5"\nmodel_provider = “OpenAI”\n' },
    marked: [CONFIG, ""],
    fixable: false,
  },
  {
    title: "config.toml in UTF-16",
    code: "codex/config-encoding",
    files: { [CONFIG]: "m\0o\0d\0e\0l\0" },
    marked: [CONFIG, ""],
    fixable: false,
  },
  {
    title: "a CODEX_HOME that does not exist",
    code: "codex/home-missing",
    variables: { CODEX_HOME: "~/nowhere" },
    marked: ["nowhere", ""],
    fixable: false,
  },
  {
    title: "no key file",
    code: "opencode/file-placeholder-missing",
    files: { [OPENCODE]: opencodeConfig() },
    marked: [KEY_FILE, ""],
    fixable: true,
  },
  {
    title: "a key from a variable that is not set",
    code: "opencode/env-placeholder-unset",
    files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{env:TOKENPOOL_KEY}" }) },
    marked: [OPENCODE, '"{env:TOKENPOOL_KEY}"'],
    fixable: true,
  },
  {
    title: "another key in OpenCode's key file",
    code: "opencode/key-differs",
    files: { ...OPENCODE_FILES, [KEY_FILE]: OTHER_KEY },
    marked: [KEY_FILE, ""],
    fixable: true,
  },
  {
    title: "baseUrl instead of baseURL",
    code: "opencode/base-url-invalid",
    files: opencodeWith({}, { baseURL: undefined, baseUrl: `${ENDPOINT}/v1` }),
    marked: [OPENCODE, '"baseUrl"'],
    fixable: true,
  },
  {
    title: "a default model that is not listed",
    code: "opencode/model-not-found",
    files: opencodeWith({ model: "tokenpool/gpt-9" }),
    marked: [OPENCODE, '"tokenpool/gpt-9"'],
    fixable: true,
  },
  {
    title: "a list of enabled providers without TokenPool",
    code: "opencode/provider-disabled",
    files: opencodeWith({ enabled_providers: ["anthropic"] }),
    marked: [OPENCODE, '"enabled_providers"'],
    fixable: true,
  },
  {
    title: "the override that TokenPool documents",
    code: "opencode/documented-openai-override",
    files: {
      [OPENCODE]: JSON.stringify({
        provider: { openai: { options: { baseURL: `${ENDPOINT}/v1`, apiKey: API_KEY } } },
      }),
    },
    marked: [OPENCODE, `"${ENDPOINT}/v1"`],
    fixable: true,
  },
  {
    title: "opencode.json with a broken line",
    code: "opencode/config-invalid",
    files: { [OPENCODE]: '{\n  "model": \n}' },
    marked: [OPENCODE, ""],
    fixable: false,
  },
  {
    title: "a project that sends the key elsewhere",
    code: "opencode/project-overrides",
    files: {
      ...OPENCODE_FILES,
      "project/opencode.json": opencodeConfig({}, { baseURL: "https://elsewhere.example/v1" }),
    },
    folders: ["project"],
    marked: ["project/opencode.json", '"https://elsewhere.example/v1"'],
    fixable: false,
  },
  {
    title: "a model in the settings that the gateway does not offer",
    code: "account/model-unavailable",
    health: [healthReport({ state: "degraded", code: "account/model-unavailable", httpStatus: 200 })],
    fixable: false,
  },
  {
    title: "a model of Codex's that the gateway does not offer",
    code: "account/model-unavailable",
    files: codexWith({ model: 'model = "gpt-9"' }),
    offeredModels: ["gpt-5.5"],
    marked: [CONFIG, '"gpt-9"'],
    fixable: true,
  },
  {
    title: "a model of OpenCode's that the gateway does not offer",
    code: "account/model-unavailable",
    files: {
      ...OPENCODE_FILES,
      [OPENCODE]: opencodeConfig({ model: "tokenpool/gpt-9" }).replace('"gpt-5.5":', '"gpt-9":'),
    },
    offeredModels: ["gpt-5.5"],
    marked: [OPENCODE, '"tokenpool/gpt-9"'],
    fixable: true,
  },
  {
    title: "no quota",
    code: "account/no-quota",
    health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })],
    fixable: false,
  },
  {
    title: "a refused key",
    code: "account/key-invalid",
    health: [healthReport({ state: "unauthorized", code: "account/key-invalid", httpStatus: 401 })],
    fixable: false,
  },
  {
    title: "Codex that is not installed",
    code: "client/not-installed",
    files: CODEX_FILES,
    versions: { codex: [], opencode: [] },
    fixable: false,
  },
];

describe("each known problem", () => {
  for (const { title, code, marked, fixable, left = [], ...state } of CASES) {
    it(`${code}: ${title}`, () =>
      Machine.use(state, async (machine) => {
        const snapshot = await machine.snapshot();
        assert.deepEqual(codesOf(snapshot), [code]);
        const [found] = diagnose(snapshot);
        assert.ok(found);
        assert.equal(toFinding(found).fixable, fixable);
        assert.ok(fixable || (found.action ?? KNOWLEDGE[code]?.action), "there is a way out");
        assert.equal(found.path, marked && path.join(machine.home, marked[0]));
        if (marked?.[1]) assert.equal(await textAt(machine, marked[0], found.range), marked[1]);
        if (found.fix) {
          await machine.apply(found.fix());
          assert.deepEqual(codesOf(await machine.snapshot()), left);
        }
      }));
  }

  it("is the subject of a case for every code that a rule names", () => {
    const rules = new URL("../../../src/doctor/rules/", import.meta.url);
    const text = fs
      .readdirSync(rules)
      .map((file) => fs.readFileSync(new URL(file, rules), "utf8"))
      .join("");
    const named = Object.keys(KNOWLEDGE).filter(
      (code) => text.includes(`"${code}"`) && !code.startsWith("secrets/"),
    );
    assert.deepEqual(
      named.filter((code) => CASES.every((each) => each.code !== code)),
      [],
    );
  });
});

function codesOf(snapshot: Snapshot): string[] {
  return diagnose(snapshot).map(({ code }) => code);
}

async function textAt(
  machine: Machine,
  file: string,
  range?: { line: number; column: number; endLine: number; endColumn: number },
): Promise<string | undefined> {
  const line = (await machine.read(file)).split("\n")[range?.line ?? -1];
  return line?.slice(range?.column, range?.endColumn);
}
