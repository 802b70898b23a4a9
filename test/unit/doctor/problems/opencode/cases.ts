import type { opencodeKnowledge } from "../../../../../src/doctor/problems/opencode/words";
import {
  API_KEY,
  CODEX_FILES,
  ENDPOINT,
  healthReport,
  opencodeConfig,
  OPENCODE_FILES,
  OTHER_KEY,
} from "../../machine";
import {
  entryText,
  KEY_FILE,
  KEY_FILE_TEXT,
  KEY_REFERENCE,
  MODEL_ENTRY,
  OPENCODE,
  OPENCODE_AUTH,
  opencodeWith,
} from "../files";
import type { MachineCase, ProblemCases } from "../problemCase";

/** The provider has no key of its own, so OpenCode looks elsewhere. */
const WITHOUT_KEY = opencodeConfig({}, { apiKey: undefined });
const WITH_REFERENCE = {
  [KEY_FILE]: KEY_FILE_TEXT,
  [OPENCODE]: [['/v1"\n', `/v1",\n        "apiKey": "${KEY_REFERENCE}"\n`]] as const,
};

/** The model behind the one that is listed already. */
const LISTED = [
  '"name": "GPT-5.5"\n        }',
  `"name": "GPT-5.5"\n        },\n        "gpt-5.6": ${entryText({ ...MODEL_ENTRY, name: "GPT-5.6" })}`,
] as const;

const MOVED = JSON.stringify(
  {
    $schema: "https://opencode.ai/config.json",
    model: "tokenpool/gpt-5.5",
    small_model: "tokenpool/gpt-5.5",
    provider: {
      tokenpool: {
        npm: "@ai-sdk/openai",
        name: "TokenPool",
        options: { baseURL: `${ENDPOINT}/v1`, apiKey: KEY_REFERENCE },
        models: { "gpt-5.5": MODEL_ENTRY },
      },
    },
  },
  undefined,
  2,
);

const project = (title: string, file: string, options: object): MachineCase => ({
  title,
  files: { ...OPENCODE_FILES, [file]: opencodeConfig({}, options) },
  folders: ["project"],
  marked: [file, '"https://elsewhere.example/v1"'],
});

/** Two blocks under one id, of which OpenCode takes the second. */
const TWO_BLOCKS = opencodeConfig().replace(
  '"tokenpool": {',
  '"tokenpool": { "name": "TokenPool over the other address" },\n    "tokenpool" : {',
);

export const opencodeProblems = {
  "opencode/duplicate-key": [
    {
      title: "two providers of one id",
      files: { ...OPENCODE_FILES, [OPENCODE]: TWO_BLOCKS },
      marked: [OPENCODE, '«"tokenpool"» : {'],
    },
    {
      title: "our block lost to a second list of providers",
      files: {
        ...OPENCODE_FILES,
        [OPENCODE]: `${opencodeConfig({ model: "x/y" }).slice(0, -2)},\n"provider" : {} }`,
      },
      marked: [OPENCODE, '«"provider"» : {}'],
    },
  ],
  "opencode/config-invalid": [
    {
      title: "a list in the place of an object",
      files: { [OPENCODE]: "[]" },
      marked: [OPENCODE, ""],
    },
    {
      title: "a list in a project's file",
      files: { ...OPENCODE_FILES, "project/opencode.json": "[]" },
      folders: ["project"],
      marked: ["project/opencode.json", ""],
    },
    {
      title: "a value is missing",
      files: { [OPENCODE]: '{\n  "model": \n}' },
      marked: [OPENCODE, "}"],
    },
    {
      title: "a value is missing in a folder's file",
      files: { ...OPENCODE_FILES, "project/opencode.json": '{\n  "model": \n}' },
      folders: ["project"],
      marked: ["project/opencode.json", "}"],
    },
  ],
  "opencode/file-placeholder-missing": [
    {
      title: "the key file",
      files: { [OPENCODE]: opencodeConfig() },
      marked: [KEY_FILE, ""],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT },
    },
    {
      title: "a file of the user's own for the key",
      files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{file:~/.missing}" }) },
      marked: [OPENCODE, "{file:~/.missing}"],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT, [OPENCODE]: [["{file:~/.missing}", KEY_REFERENCE]] },
    },
  ],
  "opencode/env-placeholder-unset": [
    {
      title: "a key from a variable that is not set",
      files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{env:TOKENPOOL_KEY}" }) },
      marked: [OPENCODE, '"{env:TOKENPOOL_KEY}"'],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT, [OPENCODE]: [["{env:TOKENPOOL_KEY}", KEY_REFERENCE]] },
    },
  ],
  "opencode/key-differs": [
    {
      title: "another key in the key file",
      files: { ...OPENCODE_FILES, [KEY_FILE]: OTHER_KEY },
      marked: [KEY_FILE, ""],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT },
    },
    {
      title: "another key in OpenCode's auth.json",
      files: {
        [OPENCODE]: WITHOUT_KEY,
        [OPENCODE_AUTH]: `{"tokenpool":{"type":"api","key":"${OTHER_KEY}"}}`,
      },
      marked: [OPENCODE_AUTH, `"${OTHER_KEY}"`],
      fixed: WITH_REFERENCE,
    },
    {
      title: "no key anywhere",
      files: { [OPENCODE]: WITHOUT_KEY },
      marked: [OPENCODE, '"baseURL"'],
      fixed: WITH_REFERENCE,
    },
  ],
  "opencode/base-url-invalid": [
    {
      title: "baseUrl instead of baseURL",
      files: opencodeWith({}, { baseURL: undefined, baseUrl: `${ENDPOINT}/v1` }),
      marked: [OPENCODE, '"baseUrl"'],
      fixed: {
        [OPENCODE]: [['",\n        "baseUrl": ', '",\n        "baseURL": ']],
      },
    },
    {
      title: "no address at all",
      files: opencodeWith({}, { baseURL: undefined }),
      marked: [OPENCODE, '"tokenpool"'],
      fixed: {
        [OPENCODE]: [[`"${KEY_REFERENCE}"`, `"${KEY_REFERENCE}",\n        "baseURL": "${ENDPOINT}/v1"`]],
      },
    },
    {
      title: "the address of somebody else, who gets the stored key",
      severity: "warning",
      files: opencodeWith({}, { baseURL: "https://elsewhere.example/v1" }),
      marked: [OPENCODE, '"https://elsewhere.example/v1"'],
      fixed: { [OPENCODE]: [["https://elsewhere.example", ENDPOINT]] },
    },
    {
      title: "an endpoint's address with another ending",
      files: opencodeWith({}, { baseURL: "https://api.clawto.com/v1" }),
      marked: [OPENCODE, '"https://api.clawto.com/v1"'],
      fixed: { [OPENCODE]: [["https://api.clawto.com/v1", `${ENDPOINT}/v1`]] },
    },
    {
      title: "the user's own endpoint with a blank at its end",
      baseUrl: "https://gateway.example",
      files: opencodeWith({}, { baseURL: "https://gateway.example/v1 " }),
      marked: [OPENCODE, '"https://gateway.example/v1 "'],
      fixed: { [OPENCODE]: [["/v1 ", "/v1"]] },
    },
    {
      title: "an address without https://",
      files: opencodeWith({}, { baseURL: "api.clawto.link/v1" }),
      marked: [OPENCODE, '"api.clawto.link/v1"'],
      fixed: { [OPENCODE]: [['"api.clawto.link/v1"', `"${ENDPOINT}/v1"`]] },
    },
  ],
  "opencode/model-not-found": [
    {
      title: "a default model that is not listed",
      files: opencodeWith({ model: "tokenpool/gpt-9" }),
      marked: [OPENCODE, '"tokenpool/gpt-9"'],
      fixed: { [OPENCODE]: [["tokenpool/gpt-9", "tokenpool/gpt-5.5"]] },
    },
    {
      title: "a default model that is not listed, but offered",
      files: opencodeWith({ model: "tokenpool/gpt-5.6" }),
      offeredModels: ["gpt-5.5", "gpt-5.6"],
      marked: [OPENCODE, '"tokenpool/gpt-5.6"'],
      fixed: { [OPENCODE]: [LISTED] },
    },
  ],
  "opencode/documented-openai-override": [
    {
      title: "the override that TokenPool documents",
      files: {
        [OPENCODE]: JSON.stringify({
          provider: { openai: { options: { baseURL: `${ENDPOINT}/v1`, apiKey: API_KEY } } },
        }),
      },
      marked: [OPENCODE, `"${ENDPOINT}/v1"`],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT, [OPENCODE]: MOVED },
    },
  ],
  "opencode/project-overrides": [
    project("our provider in a folder's file", "project/opencode.json", {
      baseURL: "https://elsewhere.example/v1",
      apiKey: undefined,
    }),
    project("in a folder's .opencode", "project/.opencode/opencode.jsonc", {
      baseURL: "https://elsewhere.example/v1",
    }),
    {
      title: "TokenPool's own host without encryption",
      files: {
        ...OPENCODE_FILES,
        "project/opencode.json": opencodeConfig({}, { baseURL: "http://api.clawto.link/v1" }),
      },
      folders: ["project"],
      marked: ["project/opencode.json", '"http://api.clawto.link/v1"'],
    },
    {
      title: "a package that OpenCode would install and give the key to",
      files: {
        ...OPENCODE_FILES,
        "project/opencode.json":
          '{"provider":{"tokenpool":{"models":{"gpt-5.5":{"provider":{"npm":"stranger"}}}}}}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '"stranger"'],
    },
    {
      title: "another provider that takes the key from our file, in a folder above",
      files: {
        ".config/tokenpool/api-key": KEY_FILE_TEXT,
        "project/.git/HEAD": "",
        "project/a/b": "",
        "project/opencode.json": JSON.stringify({
          provider: { fine: { options: { baseURL: "https://elsewhere.example", apiKey: KEY_REFERENCE } } },
        }),
      },
      folders: ["project/a"],
      marked: ["project/opencode.json", '"https://elsewhere.example"'],
    },
    ...Object.entries({
      "a detour": "{file:~/.config/tokenpool/./api-key}",
      "doubled slashes and a way up": "{file:~/.config//x/../tokenpool/api-key}",
      "a relative path": "{file:../.config/tokenpool/api-key}",
      "a variable in it": "{file:{env:PLACE}/tokenpool/api-key}",
      "a beginning that an empty variable completes": "{fi{env:NOT_SET}le:~/.config/tokenpool/api-key}",
      "OpenCode's own store": "{file:~/.local/share/opencode/auth.json}",
      "Codex's login": "{file:~/.codex/auth.json}",
      "a variable of ours": "{env:TOKENPOOL_API_KEY}",
      "another variable with the key": "{env:MINE}",
    }).map(([title, placeholder]) => ({
      title: `the key for an MCP server by ${title}`,
      files: {
        ".config/tokenpool/api-key": KEY_FILE_TEXT,
        ".config/x/y": "",
        "project/opencode.json": JSON.stringify({
          mcp: { fine: { url: "https://elsewhere.example", headers: { a: `«${placeholder}»` } } },
        }).replace(/[«»]/g, ""),
      },
      variables: { PLACE: "../.config", MINE: API_KEY },
      folders: ["project"],
      marked: [
        "project/opencode.json",
        placeholder.includes("{env:PLACE") || placeholder.startsWith("{fi{")
          ? `{"mcp":{"fine":{"url":"https://elsewhere.example","headers":{"a":"${placeholder}"}}}}`
          : placeholder,
      ] as const,
    })),
    ...[
      '"command":["x","{file:~/.config/tokenpool/api-key}"]',
      '"environment":{"A":"{file:~/.config/tokenpool/api-key}"}',
    ].map((member) => ({
      title: `the key for a program: ${member.split(":")[0] ?? ""}`,
      files: {
        ".config/tokenpool/api-key": KEY_FILE_TEXT,
        "project/opencode.json": `{"mcp":{"fine":{${member}}}}`,
      },
      folders: ["project"],
      marked: ["project/opencode.json", "{file:~/.config/tokenpool/api-key}"] as const,
    })),
    ...[
      "@ai-sdk/openai-stranger",
      "@ai-sdk/openai@file:./x",
      "@ai-sdk/openai@npm:stranger",
      "@ai-sdk/openai@1.2.3-x.tgz",
      "@ai-sdk/openai@../x",
      "@ai-sdk/google-vertex/anthropic@1.2.3",
      "@ai-sdk/openai/../../x",
      "x@ai-sdk/openai",
    ].map((name) => ({
      title: `a package that only looks like a known one: ${name}`,
      files: { ...OPENCODE_FILES, "project/opencode.json": `{"provider":{"tokenpool":{"npm":"${name}"}}}` },
      folders: ["project"],
      marked: ["project/opencode.json", `"${name}"`] as const,
    })),
    {
      title: "a package of a provider of the project's own, which runs beside the key",
      files: {
        ...OPENCODE_FILES,
        "project/opencode.json": '{"model":"theirs/m","provider":{"theirs":{"npm":"file:///x.mjs"}}}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '"file:///x.mjs"'],
    },
    {
      title: "a plugin, which runs beside the key",
      files: { ...OPENCODE_FILES, "project/opencode.json": '{"plugin":["./stranger.js"]}' },
      folders: ["project"],
      marked: ["project/opencode.json", '["./stranger.js"]'],
    },
    {
      title: "a plugin beside one of the user's own",
      files: {
        ...OPENCODE_FILES,
        "project/opencode.json": '{"plugin":["mine",["stranger@1.2.3",{}]]}',
        ".config/opencode/config.json": '{"plugin":["mine"]}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '["mine",["stranger@1.2.3",{}]]'],
    },
    {
      title: "a plugin by a path that the user's own file has too, where it leads elsewhere",
      files: {
        ...OPENCODE_FILES,
        "project/opencode.json": '{"plugin":["./mine.js"]}',
        ".config/opencode/config.json": '{"plugin":["./mine.js"]}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '["./mine.js"]'],
    },
    {
      title: "a plugin beside the key in Codex's file",
      files: {
        ...CODEX_FILES,
        ".config/opencode/opencode.json": "{}",
        "project/opencode.json": '{"plugin":["./stranger.js"]}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '["./stranger.js"]'],
    },
    ...["plugin/a.js", "plugins/a.ts", "tool/a.ts", "tools/a.js"].map((name) => ({
      title: `code in .opencode/${name}, which no file has to name`,
      files: {
        ...OPENCODE_FILES,
        "project/.git/HEAD": "",
        "project/deep/x": "",
        [`project/.opencode/${name}`]: "export {};",
      },
      folders: ["project/deep"],
      marked: [`project/.opencode/${name}`, ""] as const,
    })),
    {
      title: "a file too large to be looked at",
      files: { ...OPENCODE_FILES, "project/opencode.json": `{"a":"${"x".repeat(256 * 1024)}"}` },
      folders: ["project"],
      marked: ["project/opencode.json", ""],
    },
    {
      title: "a provider whose key `opencode auth login` stored",
      files: {
        ".local/share/opencode/auth.json": `{"mine":{"type":"api","key":"${API_KEY}"}}`,
        "project/opencode.json": '{"provider":{"mine":{"options":{"baseURL":"https://elsewhere.example"}}}}',
      },
      folders: ["project"],
      marked: ["project/opencode.json", '"https://elsewhere.example"'],
    },
  ],
  "opencode/stale-api-key": [
    {
      title: "another key in opencode.json itself",
      files: {
        [OPENCODE]: opencodeConfig({}, { apiKey: OTHER_KEY }),
        [OPENCODE_AUTH]: `{"tokenpool":{"type":"api","key":"${API_KEY}"}}`,
      },
      marked: [OPENCODE, `"${OTHER_KEY}"`],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT, [OPENCODE]: [[OTHER_KEY, KEY_REFERENCE]] },
    },
    {
      title: "another key in the variable it names",
      files: { [OPENCODE]: opencodeConfig({}, { apiKey: "{env:MY_KEY}" }) },
      variables: { MY_KEY: OTHER_KEY },
      marked: [OPENCODE, '"{env:MY_KEY}"'],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT, [OPENCODE]: [["{env:MY_KEY}", KEY_REFERENCE]] },
    },
  ],
  "opencode/auth-wrong-shape": [
    {
      title: "an entry without a type",
      files: { [OPENCODE]: WITHOUT_KEY, [OPENCODE_AUTH]: `{"tokenpool":{"key":"${API_KEY}"}}` },
      marked: [OPENCODE_AUTH, '"tokenpool"'],
      fixed: WITH_REFERENCE,
    },
    {
      title: "an entry of another type",
      files: { [OPENCODE]: WITHOUT_KEY, [OPENCODE_AUTH]: `{"tokenpool":{"type":"key","key":"${API_KEY}"}}` },
      marked: [OPENCODE_AUTH, '"type":«"key"»'],
      fixed: WITH_REFERENCE,
    },
  ],
  "opencode/openai-key-fallback": [
    {
      title: "OPENAI_API_KEY and no key of TokenPool's",
      files: { [OPENCODE]: WITHOUT_KEY },
      variables: { OPENAI_API_KEY: "sk-openai" },
      marked: [OPENCODE, '"baseURL"'],
      fixed: WITH_REFERENCE,
    },
  ],
  "opencode/provider-disabled": [
    {
      title: "a folder's list of enabled providers",
      severity: "warning",
      files: { ...OPENCODE_FILES, "project/opencode.json": '{ "enabled_providers": ["anthropic"] }' },
      folders: ["project"],
      marked: ["project/opencode.json", '"enabled_providers"'],
    },
    {
      title: "a list of enabled providers without TokenPool",
      files: opencodeWith({ enabled_providers: ["anthropic"] }),
      marked: [OPENCODE, '"enabled_providers"'],
      fixed: { [OPENCODE]: [['"anthropic"\n  ]', '"anthropic",\n    "tokenpool"\n  ]']] },
    },
    {
      title: "a list of disabled providers with TokenPool",
      files: opencodeWith({ disabled_providers: ["tokenpool"] }),
      marked: [OPENCODE, '"disabled_providers"'],
      fixed: { [OPENCODE]: [['"disabled_providers": [\n    "tokenpool"\n  ]', '"disabled_providers": []']] },
    },
  ],
  "opencode/other-tool-rewrites": [
    { title: "CC Switch dropped what it does not know", ownTest: true, fixable: true },
  ],
  "opencode/two-global-files": [
    {
      title: "opencode.jsonc replaces values of opencode.json",
      files: {
        ...opencodeWith({ model: "anthropic/claude", theme: "dark" }),
        ".config/opencode/opencode.jsonc": '{ "model": "tokenpool/gpt-5.5" }',
      },
      marked: [OPENCODE, '"model"'],
      fixed: { [OPENCODE]: [['  "model": "anthropic/claude",\n', ""]] },
    },
  ],
  "opencode/provider-package-missing": [
    { title: "every provider is gone", text: "Error: Provider not found: opencode" },
  ],
  "opencode/hangs": [{ title: "asked for", text: "OpenCode hangs and prints nothing" }],
  "opencode/silent-retries": [
    {
      title: "while the gateway limits requests",
      files: OPENCODE_FILES,
      health: [healthReport({ state: "rateLimited", code: "account/rate-limited", httpStatus: 429 })],
      also: ["account/rate-limited"],
    },
    {
      title: "while the gateway cannot be reached",
      files: OPENCODE_FILES,
      health: [healthReport({ state: "unreachable", code: "network/unreachable" })],
      also: ["network/unreachable"],
    },
  ],
} satisfies Record<keyof typeof opencodeKnowledge, ProblemCases>;
