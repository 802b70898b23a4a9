import { API_KEY, ENDPOINT, type MachineState, opencodeConfig, OTHER_KEY } from "./machine";

/** Everything here is fixed by a change of files. A twelfth shows once Codex talks to TokenPool: its model is not offered. */
export const ELEVEN_PROBLEM_FILES = {
  ".codex/config.toml": `# mine
model_provider = "OpenAI"
model = "gpt-nope"
profile = "work"
forced_login_method = "chatgpt"
cli_auth_credentials_store = "keyring"
experimental_bearer_token = "${OTHER_KEY}"

[model_providers.OpenAI]
name = "OpenAI"
base_url = "https://tokenpool.dev"
wire_api = "chat"
requires_openai_auth = true
api_key = "${API_KEY}"

[mcp_servers.mine]
command = "mine"
`,
  ".codex/auth.json": `{"auth_mode":"apikey","OPENAI_API_KEY":"${API_KEY.slice(0, 30)}"}`,
  ".config/opencode/opencode.json": opencodeConfig({ disabled_providers: ["tokenpool"] }).replace(
    '"gpt-5.5": {',
    '"gpt-5.4": {',
  ),
  ".config/opencode/config.json": JSON.stringify({ model: "other/x", theme: "mine" }),
};

export const ELEVEN_PROBLEMS: MachineState = {
  files: ELEVEN_PROBLEM_FILES,
  baseUrl: ENDPOINT,
  offeredModels: ["gpt-5.5"],
};
