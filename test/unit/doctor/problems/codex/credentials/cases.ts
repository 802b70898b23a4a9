import type { codexCredentialKnowledge } from "../../../../../../src/doctor/problems/codex/credentials/words";
import { API_KEY, codexAuth, codexConfig, CODEX_FILES, OTHER_KEY } from "../../../machine";
import { AUTH, CHATGPT_TOKENS, codexWith, CONFIG, keptByCcSwitch } from "../../files";
import type { ProblemCases } from "../../problemCase";

const ASKS_FOR_KEY = "requires_openai_auth = true\n";

/** Both right, so that nothing else is wrong. */
const TWO_KEYS = `{\n"OPENAI_API_KEY": "${API_KEY}",\n  "OPENAI_API_KEY": "${API_KEY}"\n}`;

export const codexCredentialProblems = {
  "codex/key-not-sent": [
    {
      title: "a provider of an administrator's that asks for no key",
      files: {
        "etc/codex/config.toml": codexConfig({ auth: "" }),
        [CONFIG]: 'model = "gpt-5.5"\n',
        [AUTH]: codexAuth(),
      },
      marked: [CONFIG, ""],
      fixed: { [CONFIG]: `model = "gpt-5.5"\n\n[model_providers.OpenAI]\n${ASKS_FOR_KEY}` },
    },
    {
      title: "a provider that asks for no key",
      files: codexWith({ auth: "" }),
      marked: [CONFIG, "base_url"],
      fixed: { [CONFIG]: [['wire_api = "responses"\n', `wire_api = "responses"\n${ASKS_FOR_KEY}`]] },
    },
  ],
  "codex/chatgpt-login-wins": [
    {
      title: "a ChatGPT login in charge",
      files: codexWith({}, { auth_mode: "chatgpt", OPENAI_API_KEY: API_KEY, tokens: CHATGPT_TOKENS }),
      marked: [AUTH, '"chatgpt"'],
      fixed: { [AUTH]: [['"chatgpt"', '"apikey"']] },
    },
    {
      title: "a ChatGPT login alone",
      files: codexWith({}, { tokens: CHATGPT_TOKENS }),
      marked: [AUTH, '"tokens"'],
      fixed: {
        [AUTH]: [["\n  }\n}", `\n  },\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "${API_KEY}"\n}`]],
      },
    },
  ],
  "codex/auth-unreadable": [
    {
      title: "auth.json with a byte order mark",
      files: { ...CODEX_FILES, [AUTH]: `\ufeff${codexAuth()}` },
      marked: [AUTH, ""],
      fixed: { [AUTH]: codexAuth() },
    },
    {
      title: "auth.json with a comma too many",
      files: { ...CODEX_FILES, [AUTH]: '{ "OPENAI_API_KEY": "x", }' },
      marked: [AUTH, "}"],
      fixed: { [AUTH]: codexAuth() },
    },
    {
      title: "auth.json with a list",
      files: { ...CODEX_FILES, [AUTH]: "[]" },
      marked: [AUTH, ""],
      fixed: { [AUTH]: codexAuth() },
    },
    {
      title: "auth.json in UTF-16",
      files: { ...CODEX_FILES, [AUTH]: Buffer.from(`\ufeff${codexAuth()}`, "utf16le") },
      marked: [AUTH, ""],
      brokenLine: 0,
      fixed: { [AUTH]: codexAuth() },
    },
  ],
  "codex/auth-duplicate-key": [
    {
      title: "two keys in auth.json",
      files: { ...CODEX_FILES, [AUTH]: TWO_KEYS },
      marked: [AUTH, '  «"OPENAI_API_KEY"»: "'],
      fixed: { [AUTH]: codexAuth() },
    },
    {
      title: "two ChatGPT logins in auth.json",
      files: { ...CODEX_FILES, [AUTH]: '{ "tokens": {}, "OPENAI_API_KEY": "x",\n"tokens": {} }' },
      marked: [AUTH, '\n«"tokens"»'],
      fixed: { [AUTH]: codexAuth() },
    },
  ],
  "codex/auth-wrong-shape": [
    {
      title: "auth.json with a lower-case name",
      files: codexWith({}, { openai_api_key: API_KEY }),
      marked: [AUTH, '"openai_api_key"'],
      fixed: { [AUTH]: [["\n}", `,\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "${API_KEY}"\n}`]] },
    },
    {
      title: "no key",
      files: codexWith({}, { OPENAI_API_KEY: null }),
      marked: [AUTH, "null"],
      fixed: { [AUTH]: [["null", `"${API_KEY}",\n  "auth_mode": "apikey"`]] },
    },
    {
      title: "no auth.json at all",
      files: { [CONFIG]: codexConfig() },
      marked: [AUTH, ""],
      fixed: { [AUTH]: codexAuth() },
    },
    {
      title: "an auth_mode that Codex does not know",
      files: codexWith({}, { auth_mode: "api_key", OPENAI_API_KEY: API_KEY }),
      marked: [AUTH, '"api_key"'],
      fixed: { [AUTH]: [['"api_key"', '"apikey"']] },
    },
  ],
  "codex/key-empty": [
    {
      title: "a blank in auth.json",
      files: codexWith({}, { auth_mode: "apikey", OPENAI_API_KEY: " " }),
      marked: [AUTH, '" "'],
      fixed: { [AUTH]: codexAuth() },
    },
  ],
  "codex/key-differs": [
    {
      title: "another key in auth.json",
      files: codexWith({}, { auth_mode: "apikey", OPENAI_API_KEY: OTHER_KEY }),
      marked: [AUTH, `"${OTHER_KEY}"`],
      fixed: { [AUTH]: codexAuth() },
    },
  ],
  "codex/key-in-config": [
    {
      title: "api_key in the provider's table",
      files: codexWith({ more: `api_key = "${API_KEY}"` }),
      marked: [CONFIG, "api_key"],
      fixed: { [CONFIG]: [[`api_key = "${API_KEY}"\n`, ""]] },
    },
    {
      title: "OPENAI_API_KEY at the top of config.toml",
      files: codexWith({ top: `OPENAI_API_KEY = "${API_KEY}"` }),
      marked: [CONFIG, "OPENAI_API_KEY"],
      fixed: { [CONFIG]: [[`OPENAI_API_KEY = "${API_KEY}"\n`, ""]] },
    },
    {
      title: "the key where env_key names a variable",
      files: codexWith({ auth: `env_key = "${OTHER_KEY}"` }),
      marked: [CONFIG, `"${OTHER_KEY}"`],
      fixed: { [CONFIG]: [[`env_key = "${OTHER_KEY}"\n`, ASKS_FOR_KEY]] },
    },
    {
      title: "api_key beside the token that CC Switch keeps with a ChatGPT login",
      files: keptByCcSwitch(API_KEY, `api_key = "${API_KEY}"\n`),
      marked: [CONFIG, "api_key"],
      fixed: { [CONFIG]: [[`api_key = "${API_KEY}"\n`, ""]] },
    },
    {
      title: "the stored key in a header",
      severity: "warning",
      files: codexWith({ auth: `http_headers = { Authorization = "Bearer ${API_KEY}" }` }),
      marked: [CONFIG, API_KEY],
    },
    {
      title: "the stored key in a comment",
      severity: "warning",
      files: codexWith({ more: `# ${API_KEY}` }),
      marked: [CONFIG, API_KEY],
    },
  ],
  "codex/env-key-missing": [
    {
      title: "env_key without the variable",
      files: codexWith({ auth: 'env_key = "TOKENPOOL_API_KEY"' }),
      marked: [CONFIG, '"TOKENPOOL_API_KEY"'],
      fixed: { [CONFIG]: [['env_key = "TOKENPOOL_API_KEY"\n', ASKS_FOR_KEY]] },
    },
  ],
  "codex/env-key-stale": [
    {
      title: "env_key with another key in the variable",
      files: codexWith({ auth: 'env_key = "TOKENPOOL_API_KEY"' }),
      variables: { TOKENPOOL_API_KEY: OTHER_KEY },
      marked: [CONFIG, '"TOKENPOOL_API_KEY"'],
      fixed: { [CONFIG]: [['env_key = "TOKENPOOL_API_KEY"\n', ASKS_FOR_KEY]] },
    },
    {
      title: "env_key with another key in Codex's own .env",
      files: {
        ...codexWith({ auth: 'env_key = "TOKENPOOL_API_KEY"' }),
        ".codex/.env": `TOKENPOOL_API_KEY=${OTHER_KEY}\n`,
      },
      variables: { TOKENPOOL_API_KEY: API_KEY },
      marked: [CONFIG, '"TOKENPOOL_API_KEY"'],
      fixed: { [CONFIG]: [['env_key = "TOKENPOOL_API_KEY"\n', ASKS_FOR_KEY]] },
    },
  ],
  "codex/environment-key-overrides": [
    {
      title: "another key in CODEX_API_KEY",
      files: CODEX_FILES,
      variables: { CODEX_API_KEY: OTHER_KEY },
    },
    {
      title: "OPENAI_API_KEY, for a version that took it",
      severity: "warning",
      files: CODEX_FILES,
      variables: { OPENAI_API_KEY: OTHER_KEY },
      versions: { codex: ["0.58.0"], opencode: [] },
    },
    {
      title: "a token in CODEX_ACCESS_TOKEN",
      files: CODEX_FILES,
      variables: { CODEX_ACCESS_TOKEN: "token" },
    },
  ],
  "codex/bearer-token-overrides": [
    {
      title: "another token in the provider's table",
      severity: "error",
      files: codexWith({ auth: "", more: `experimental_bearer_token = "${OTHER_KEY}"` }),
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: { [CONFIG]: [[`experimental_bearer_token = "${OTHER_KEY}"\n`, ASKS_FOR_KEY]] },
    },
    {
      title: "the key as a token in the provider's table",
      files: codexWith({ auth: "", more: `experimental_bearer_token = "${API_KEY}"` }),
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: { [CONFIG]: [[`experimental_bearer_token = "${API_KEY}"\n`, ASKS_FOR_KEY]] },
    },
  ],
  "codex/token-ignored": [
    {
      title: "a token outside any table, beside the key in auth.json",
      files: codexWith({ top: `experimental_bearer_token = "${OTHER_KEY}"` }),
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: { [CONFIG]: [[`experimental_bearer_token = "${OTHER_KEY}"\n`, ""]] },
    },
    {
      title: "the stored key outside any table",
      files: codexWith({ top: `experimental_bearer_token = "${API_KEY}"` }),
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: { [CONFIG]: [[`experimental_bearer_token = "${API_KEY}"\n`, ""]] },
    },
    {
      title: "the trap of CC Switch's: the ChatGPT token goes to the gateway instead",
      severity: "error",
      files: codexWith(
        { top: `experimental_bearer_token = "${API_KEY}"` },
        { auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: CHATGPT_TOKENS },
      ),
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: {
        [CONFIG]: [[`experimental_bearer_token = "${API_KEY}"\n`, ""]],
        [AUTH]: [
          ['"chatgpt"', '"apikey"'],
          ["null", `"${API_KEY}"`],
        ],
      },
      also: ["codex/chatgpt-login-wins"],
    },
    {
      title: "nothing is sent, because auth.json holds no key",
      severity: "error",
      files: { [CONFIG]: codexConfig({ top: `experimental_bearer_token = "${API_KEY}"` }) },
      marked: [CONFIG, "experimental_bearer_token"],
      fixed: {
        [CONFIG]: [[`experimental_bearer_token = "${API_KEY}"\n`, ""]],
        [AUTH]: `{\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "${API_KEY}"\n}`,
      },
      also: ["codex/auth-wrong-shape"],
    },
  ],
  "codex/keyring-store": [
    {
      title: "the keyring as the default of an administrator's",
      files: { ...codexWith({}), "etc/codex/config.toml": 'cli_auth_credentials_store = "keyring"\n' },
      marked: [CONFIG, ""],
      fixed: {
        [CONFIG]: [['model = "gpt-5.5"\n', 'model = "gpt-5.5"\ncli_auth_credentials_store = "file"\n']],
      },
    },
    {
      title: "the keyring before a key in auth.json",
      files: codexWith({ top: 'cli_auth_credentials_store = "keyring"' }),
      marked: [CONFIG, '"keyring"'],
      fixed: { [CONFIG]: [['"keyring"', '"file"']] },
    },
    {
      title: "the keyring asked before auth.json",
      severity: "information",
      files: codexWith({ top: 'cli_auth_credentials_store = "auto"' }),
      marked: [CONFIG, '"auto"'],
      fixed: { [CONFIG]: [['"auto"', '"file"']] },
    },
  ],
  "codex/forced-chatgpt-login": [
    {
      title: "a login method that deletes auth.json",
      files: codexWith({ top: 'forced_login_method = "chatgpt"' }),
      marked: [CONFIG, '"chatgpt"'],
      fixed: { [CONFIG]: [['forced_login_method = "chatgpt"\n', ""]] },
    },
  ],
} satisfies Record<keyof typeof codexCredentialKnowledge, ProblemCases>;
