import type { codexConfigKnowledge } from "../../../../../../src/doctor/problems/codex/config/words";
import { API_KEY, codexAuth, codexConfig, CODEX_FILES, ENDPOINT } from "../../../machine";
import { AUTH, codexWith, CONFIG } from "../../files";
import type { ProblemCases } from "../../problemCase";

/** What Configure Codex writes, the provider and the model in the order of the file it finds. */
const DOCUMENTED = codexConfig({ top: 'review_model = "gpt-5.5"' });
const MODEL_FIRST = codexConfig({
  provider: 'model = "gpt-5.5"',
  model: 'model_provider = "OpenAI"',
  top: 'review_model = "gpt-5.5"',
});

export const codexConfigProblems = {
  "codex/wire-api-chat": [
    {
      title: "of TokenPool's provider",
      files: codexWith({ wire_api: 'wire_api = "chat"' }),
      marked: [CONFIG, '"chat"'],
      fixed: { [CONFIG]: [['"chat"', '"responses"']] },
    },
    {
      title: "of another provider",
      files: codexWith({ more: '\n[model_providers.other]\nname = "Other"\nwire_api = "chat"' }),
      marked: [CONFIG, '"chat"'],
      fixed: { [CONFIG]: [['"chat"', '"responses"']] },
    },
  ],
  "codex/provider-not-found": [
    {
      title: "a provider under another name",
      files: codexWith({ provider: 'model_provider = "tokenpol"' }),
      marked: [CONFIG, '"tokenpol"'],
      fixed: { [CONFIG]: [['"tokenpol"', '"OpenAI"']] },
    },
    {
      title: "our provider without its table",
      files: { [CONFIG]: 'model_provider = "OpenAI"\nmodel = "gpt-5.5"\n', [AUTH]: codexAuth() },
      marked: [CONFIG, '"OpenAI"'],
      fixed: { [CONFIG]: DOCUMENTED },
    },
  ],
  "codex/reserved-provider-id": [
    {
      title: "TokenPool's table under OpenAI's name",
      files: codexWith({
        provider: 'model_provider = "openai"',
        table: "\n[model_providers.openai]",
        name: "# mine\nname = 'TokenPool'",
      }),
      marked: [CONFIG, "«name» = 'TokenPool'"],
      fixed: {
        [CONFIG]: [
          ['model_provider = "openai"', 'model_provider = "openai-custom"'],
          ["\n[model_providers.openai]\n# mine\n", "\n# mine\n\n[model_providers.openai-custom]\n"],
        ],
      },
    },
    {
      title: "another provider's table under a built-in name",
      files: codexWith({
        more: '\n[model_providers.ollama]\nname = "mine"\nbase_url = "http://127.0.0.1:1/v1"',
      }),
      marked: [CONFIG, '«name» = "mine"'],
      fixed: { [CONFIG]: [["[model_providers.ollama]", "[model_providers.ollama-custom]"]] },
    },
  ],
  "codex/requests-go-to-openai": [
    {
      title: "the address at the top level, where Codex ignores it, beside a ChatGPT login",
      files: {
        [CONFIG]: `model = "gpt-5.5"\nbase_url = "${ENDPOINT}"\nwire_api = "responses"\n`,
        [AUTH]: codexAuth({ auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: { id_token: "made up" } }),
      },
      marked: [CONFIG, "«base_url» ="],
      fixed: {
        [CONFIG]: MODEL_FIRST,
        [AUTH]: codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: API_KEY, tokens: { id_token: "made up" } }),
      },
    },
    {
      title: "no provider is chosen",
      files: codexWith({ provider: "" }),
      variables: { OPENAI_BASE_URL: ENDPOINT },
      marked: [CONFIG, ""],
      fixed: { [CONFIG]: MODEL_FIRST },
    },
    {
      title: "OpenAI is chosen, with TokenPool's key in auth.json",
      files: { [CONFIG]: 'model_provider = "openai"\n', [AUTH]: codexAuth() },
      marked: [CONFIG, '"openai"'],
      fixed: { [CONFIG]: DOCUMENTED },
    },
    {
      title: "the provider has no address",
      files: codexWith({ base_url: "" }),
      marked: [CONFIG, 'model_provider = «"OpenAI"»'],
      fixed: {
        [CONFIG]: codexConfig({
          top: 'review_model = "gpt-5.5"',
          base_url: "",
          more: `base_url = "${ENDPOINT}"`,
        }),
      },
    },
  ],
  "codex/setting-inside-table": [
    {
      title: "the provider's name below another table",
      files: codexWith({
        provider: "[features]\nfast = true\n# mine\nmodel_provider = 'OpenAI'\nno_feature = \"x\"",
        model: 'model = "gpt-5.5"',
      }),
      marked: [CONFIG, "«model_provider» = 'OpenAI'"],
      fixed: {
        [CONFIG]: [
          ["[features]", "model_provider = 'OpenAI'\nmodel = \"gpt-5.5\"\n\n[features]"],
          ['# mine\nmodel_provider = \'OpenAI\'\nno_feature = "x"\nmodel = "gpt-5.5"\n', "# mine\n"],
        ],
      },
    },
    {
      title:
        "the whole block of a gateway's instructions, below features of which some are named like settings",
      files: codexWith({
        provider:
          "[features]\npersonality = true\nweb_search = true\nfast = true\n\nmodel_provider = 'OpenAI'",
        model: [
          'model = "gpt-5.5"',
          "disable_response_storage = true",
          'network_access = "enabled"',
          "windows_wsl_setup_acknowledged = true",
          "model_context_window = 1000000",
        ].join("\n"),
      }),
      marked: [CONFIG, "«model_provider» = 'OpenAI'"],
      fixed: {
        [CONFIG]: [
          [
            "[features]\npersonality = true\nweb_search = true\nfast = true\n\n",
            "model_provider = 'OpenAI'\nmodel = \"gpt-5.5\"\nmodel_context_window = 1000000\n\n[features]\npersonality = true\nweb_search = true\nfast = true\n\n",
          ],
          [
            "model_provider = 'OpenAI'\nmodel = \"gpt-5.5\"\ndisable_response_storage = true\n" +
              'network_access = "enabled"\nwindows_wsl_setup_acknowledged = true\nmodel_context_window = 1000000\n',
            "",
          ],
        ],
      },
    },
  ],
  "codex/legacy-profile": [
    {
      title: "a profile of the old kind",
      files: codexWith({ top: 'profile = "work"' }),
      marked: [CONFIG, '"work"'],
      fixed: { [CONFIG]: [['profile = "work"\n', ""]] },
    },
  ],
  "codex/duplicate-key": [
    {
      title: "a table appended twice",
      files: codexWith({ more: '\n[model_providers.OpenAI]\nname = "again"' }),
      marked: [CONFIG, '[«model_providers.OpenAI]»\nname = "again"'],
    },
  ],
  "codex/config-invalid": [
    {
      title: "typographic quotes",
      files: { [CONFIG]: 'model = "gpt-5.5"\nmodel_provider = “OpenAI”\n' },
      marked: [CONFIG, "“OpenAI”"],
    },
    {
      title: "typographic quotes in a folder's file",
      severity: "warning",
      files: { ...CODEX_FILES, "project/.codex/config.toml": "model = “gpt-5.5”\n" },
      folders: ["project"],
      marked: ["project/.codex/config.toml", "“gpt-5.5”"],
    },
    {
      title: "model_provider instead of model_providers, and a provider chosen",
      files: codexWith({ table: "\n[model_provider.OpenAI]" }),
      marked: [CONFIG, "[«model_provider.OpenAI]»"],
    },
    {
      title: "true in quotes",
      files: codexWith({ auth: 'requires_openai_auth = "true"' }),
      marked: [CONFIG, '"true"'],
      fixed: { [CONFIG]: [['"true"', "true"]] },
    },
    {
      title: "a number for a model",
      files: codexWith({ model: "model = 5.5" }),
      marked: [CONFIG, "5.5"],
    },
    {
      title: "a provider without a name",
      files: codexWith({ name: 'name = ""' }),
      marked: [CONFIG, 'name = «""»'],
      fixed: { [CONFIG]: [['""', '"OpenAI"']] },
    },
    {
      title: "model_provider instead of model_providers",
      files: codexWith({ provider: "", table: "\n[model_provider.tp]" }),
      marked: [CONFIG, "base_url"],
      fixed: {
        [CONFIG]: [["\n[model_provider.tp]", 'model_provider = "tp"\n\n[model_providers.tp]']],
      },
    },
  ],
  "codex/config-encoding": [
    {
      title: "config.toml in UTF-16",
      files: { ...CODEX_FILES, [CONFIG]: Buffer.from(`\ufeff${codexConfig()}`, "utf16le") },
      marked: [CONFIG, ""],
      brokenLine: 0,
      fixed: { [CONFIG]: codexConfig() },
    },
    {
      title: "config.toml in an encoding that nobody knows",
      files: { ...CODEX_FILES, [CONFIG]: Buffer.from(`${codexConfig()}# \xe4\n`, "latin1") },
      marked: [CONFIG, ""],
      brokenLine: 8,
    },
  ],
  "codex/project-config": [
    {
      title: "a provider in a folder's file",
      files: { ...CODEX_FILES, "project/.codex/config.toml": '# team\nmodel_provider = "team"\n' },
      folders: ["project"],
      marked: ["project/.codex/config.toml", "model_provider"],
    },
    ...[
      'bearer_token_env_var = «"CODEX_API_KEY"»',
      'env_http_headers = { a = «"MINE"» }',
      'env_vars = «["TOKENPOOL_API_KEY"]»',
    ].map((line) => ({
      title: `a server for tools that is given the key: ${line.split(" ")[0] ?? ""}`,
      severity: "error" as const,
      files: {
        "project/.codex/config.toml": `[mcp_servers.a]\nurl = "https://elsewhere.example"\n${line.replace(/[«»]/g, "")}\n`,
      },
      variables: { MINE: API_KEY },
      folders: ["project"],
      marked: ["project/.codex/config.toml", line] as const,
    })),
    {
      title: "a model that the gateway does not offer, in a folder above",
      files: {
        ...CODEX_FILES,
        "project/.codex/config.toml": 'model = "gpt-9"\n',
        "project/.git/HEAD": "",
        "project/a/b": "",
      },
      folders: ["project/a"],
      offeredModels: ["gpt-5.5"],
      marked: ["project/.codex/config.toml", '"gpt-9"'],
      fixed: { "project/.codex/config.toml": "" },
    },
  ],
  "codex/ignored-setting": [
    {
      title: "disable_response_storage",
      files: codexWith({ top: "disable_response_storage = true" }),
      marked: [CONFIG, "disable_response_storage"],
      fixed: { [CONFIG]: [["disable_response_storage = true\n", ""]] },
    },
  ],
  "codex/home-missing": [
    {
      title: "a CODEX_HOME that does not exist",
      codexHome: "nowhere",
      marked: ["nowhere", ""],
    },
    {
      title:
        "a tilde in CODEX_HOME, which nobody expands, although the files stand where it was meant to lead",
      variables: { CODEX_HOME: "~/.codex" },
      files: CODEX_FILES,
    },
    {
      title: "without a key as well: Codex does not start",
      apiKey: null,
      variables: { CODEX_HOME: "codex home" },
    },
  ],
  "codex/wrong-home": [
    {
      title: "the usual files lead to TokenPool, and CODEX_HOME away from them",
      files: { ...CODEX_FILES, "work/config.toml": 'model = "o3"\n' },
      variables: { CODEX_HOME: "$HOME/work" },
      marked: ["work/config.toml", ""],
    },
    {
      title: "the setting and CODEX_HOME differ",
      files: { "other/config.toml": codexConfig(), "other/auth.json": codexAuth() },
      codexHome: "other",
      variables: { CODEX_HOME: "/somewhere/else" },
      marked: ["other", ""],
    },
    {
      title: "Codex runs in WSL, which does not answer",
      files: CODEX_FILES,
      wslSilent: true,
      marked: [".codex", ""],
    },
  ],
  "codex/websocket-fallback": [
    {
      title: "the provider asks for WebSockets",
      files: codexWith({ more: "supports_websockets = true" }),
      marked: [CONFIG, "supports_websockets = «true»"],
      fixed: { [CONFIG]: [["supports_websockets = true\n", ""]] },
    },
    {
      title: "the built-in provider at TokenPool's address",
      files: { [CONFIG]: `openai_base_url = "${ENDPOINT}/v1"\nmodel = "gpt-5.5"\n`, [AUTH]: codexAuth() },
      marked: [CONFIG, `"${ENDPOINT}/v1"`],
      fixed: { [CONFIG]: MODEL_FIRST },
    },
  ],
  "codex/dead-local-proxy": [
    {
      title: "a switching tool that does not run",
      files: codexWith({ base_url: 'base_url = "http://127.0.0.1:15721/v1"' }, { OPENAI_API_KEY: "proxy" }),
      marked: [CONFIG, '"http://127.0.0.1:15721/v1"'],
      fixed: {
        [CONFIG]: DOCUMENTED,
        [AUTH]: [['"proxy"', `"${API_KEY}",\n  "auth_mode": "apikey"`]],
      },
    },
  ],
} satisfies Record<keyof typeof codexConfigKnowledge, ProblemCases>;
