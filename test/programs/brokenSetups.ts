import type { ClientId } from "../../src/clients/clientId";
import type { ProblemCode } from "../../src/doctor/problems/knowledge";
import { chatGptLogin } from "./chatGptLogin";
import { codexAuth, codexConfig, opencodeConfig, OTHER_KEY } from "../unit/doctor/machine";

/** A set-up with which the real program fails, until the fix of one problem is applied. */
export interface BrokenSetup {
  readonly code: ProblemCode;
  readonly client: ClientId;
  /** What the real program prints while it is broken. */
  readonly symptom: RegExp;
  /** Files below the home directory that differ from a working set-up; null: not there. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
}

const CODEX_CONFIG = ".codex/config.toml";
const CODEX_AUTH = ".codex/auth.json";
const OPENCODE_CONFIG = ".config/opencode/opencode.json";
const OPENCODE_KEY = ".config/tokenpool/api-key";

/** Answers at once what would otherwise be tried again and again. */
const NO_RETRIES = "request_max_retries = 0\nstream_max_retries = 0";

/** A config.toml that works with the gateway at `endpoint`, with some lines changed as in `codexConfig`. */
export function workingCodexConfig(endpoint: string, changes: Readonly<Record<string, string>> = {}): string {
  const { more, ...others } = changes;
  const lines = more === undefined ? NO_RETRIES : `${NO_RETRIES}\n${more}`;
  return codexConfig({ base_url: `base_url = "${endpoint}"`, more: lines, ...others });
}

/** An opencode.json that works with the gateway at `endpoint`. */
export function workingOpencodeConfig(endpoint: string, changes: object = {}, options: object = {}): string {
  return opencodeConfig(changes, { baseURL: `${endpoint}/v1`, ...options });
}

export function brokenSetups(endpoint: string, apiKey: string): readonly BrokenSetup[] {
  const config = (changes: Readonly<Record<string, string>>) => ({
    [CODEX_CONFIG]: workingCodexConfig(endpoint, changes),
  });
  const auth = (content: object) => ({ [CODEX_AUTH]: codexAuth(content) });
  const opencode = (changes: object, options?: object) => ({
    [OPENCODE_CONFIG]: workingOpencodeConfig(endpoint, changes, options),
  });
  const codexSetups: Omit<BrokenSetup, "client">[] = [
    { code: "codex/key-not-sent", symptom: /API_KEY_REQUIRED/, files: config({ auth: "" }) },
    {
      code: "codex/chatgpt-login-wins",
      symptom: /INVALID_API_KEY|auth\.openai\.com/,
      files: auth(chatGptLogin()),
    },
    {
      code: "codex/auth-unreadable",
      symptom: /API_KEY_REQUIRED/,
      files: { [CODEX_AUTH]: `\ufeff${codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: apiKey })}` },
    },
    {
      code: "codex/auth-wrong-shape",
      symptom: /API_KEY_REQUIRED|auth\.openai\.com|token data is not available/i,
      files: auth({ openai_api_key: apiKey }),
    },
    {
      code: "codex/key-empty",
      symptom: /API_KEY_REQUIRED/,
      files: auth({ auth_mode: "apikey", OPENAI_API_KEY: "" }),
    },
    {
      code: "key/malformed",
      symptom: /INVALID_API_KEY/,
      files: auth({ auth_mode: "apikey", OPENAI_API_KEY: `Bearer ${apiKey}` }),
    },
    {
      code: "codex/key-differs",
      symptom: /INVALID_API_KEY/,
      files: auth({ auth_mode: "apikey", OPENAI_API_KEY: OTHER_KEY }),
    },
    {
      code: "codex/key-in-config",
      symptom: /API_KEY_REQUIRED/,
      files: { ...config({ auth: "", more: `api_key = "${apiKey}"` }), [CODEX_AUTH]: null },
    },
    {
      code: "codex/bearer-token-overrides",
      symptom: /INVALID_API_KEY/,
      files: config({ auth: "", more: `experimental_bearer_token = "${OTHER_KEY}"` }),
    },
    {
      code: "codex/keyring-store",
      symptom: /keyring|API_KEY_REQUIRED/,
      files: config({ top: 'cli_auth_credentials_store = "keyring"' }),
    },
    {
      code: "codex/forced-chatgpt-login",
      symptom: /ChatGPT login is required/,
      files: config({ top: 'forced_login_method = "chatgpt"' }),
    },
    { code: "codex/legacy-profile", symptom: /legacy `profile/, files: config({ top: 'profile = "work"' }) },
    {
      code: "codex/wire-api-chat",
      symptom: /`wire_api = "chat"` is no longer supported/,
      files: config({ wire_api: 'wire_api = "chat"' }),
    },
    {
      code: "codex/provider-not-found",
      symptom: /Model provider `tokenpol` not found/,
      files: config({ provider: 'model_provider = "tokenpol"' }),
    },
    {
      code: "codex/env-key-missing",
      symptom: /Missing environment variable: `TOKENPOOL_API_KEY`/,
      files: config({ auth: 'env_key = "TOKENPOOL_API_KEY"' }),
    },
    {
      code: "codex/env-key-stale",
      symptom: /INVALID_API_KEY/,
      files: {
        ...config({ auth: 'env_key = "TOKENPOOL_API_KEY"' }),
        ".codex/.env": `export TOKENPOOL_API_KEY='${OTHER_KEY}'\n`,
      },
    },
    {
      code: "codex/reserved-provider-id",
      symptom: /reserved built-in provider IDs: `openai`/,
      files: config({ provider: 'model_provider = "openai"', table: "\n[model_providers.openai]" }),
    },
    {
      code: "codex/setting-inside-table",
      symptom: /invalid type: string "OpenAI", expected a boolean/,
      files: config({ provider: '[features]\nmodel_provider = "OpenAI"' }),
    },
    {
      code: "codex/config-invalid",
      symptom: /invalid type: string "true", expected a boolean/,
      files: config({ auth: 'requires_openai_auth = "true"' }),
    },
    {
      code: "client/missing-file",
      symptom: /failed to read model instructions file \S+gone\.md: No such file or directory \(os error 2\)/,
      files: config({ provider: 'model_provider = "OpenAI"\nmodel_instructions_file = "gone.md"' }),
    },
    {
      code: "codex/config-encoding",
      symptom: /invalid utf-8 sequence/,
      files: { [CODEX_CONFIG]: Buffer.from(`\ufeff${workingCodexConfig(endpoint)}`, "utf16le") },
    },
  ];
  const opencodeSetups: Omit<BrokenSetup, "client">[] = [
    {
      code: "opencode/file-placeholder-missing",
      symptom: /bad file reference/,
      files: { [OPENCODE_KEY]: null },
    },
    {
      code: "opencode/key-differs",
      symptom: /Invalid API key/,
      files: { [OPENCODE_KEY]: OTHER_KEY },
    },
    {
      code: "opencode/env-placeholder-unset",
      symptom: /API key/,
      files: opencode({}, { apiKey: "{env:TOKENPOOL_KEY_THAT_NOBODY_SETS}" }),
    },
    {
      code: "opencode/model-not-found",
      symptom: /Unexpected server error|Model not found/,
      files: opencode({ model: "tokenpool/gpt-5.5-turbo" }),
    },
    {
      code: "opencode/provider-disabled",
      symptom: /Unexpected server error/,
      files: opencode({ disabled_providers: ["tokenpool"] }),
    },
    {
      code: "opencode/auth-wrong-shape",
      symptom: /API key/,
      files: {
        ...opencode({}, { apiKey: undefined }),
        ".local/share/opencode/auth.json": JSON.stringify({ tokenpool: { key: apiKey } }),
      },
    },
    {
      code: "opencode/stale-api-key",
      symptom: /Invalid API key/,
      files: {
        ...opencode({}, { apiKey: OTHER_KEY }),
        ".local/share/opencode/auth.json": JSON.stringify({ tokenpool: { type: "api", key: apiKey } }),
      },
    },
  ];
  return [
    ...codexSetups.map((setup) => ({ ...setup, client: "codex" as const })),
    ...opencodeSetups.map((setup) => ({ ...setup, client: "opencode" as const })),
  ];
}
