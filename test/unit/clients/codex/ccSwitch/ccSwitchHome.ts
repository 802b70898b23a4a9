/** Homes as CC Switch 3.20 leaves them, each with a settings file of its own and Codex's files. */
export interface CcSwitchHome {
  readonly title: string;
  /** `.cc-switch/settings.json` */
  readonly settings: object;
  /** Below the home directory. */
  readonly files: Readonly<Record<string, string>>;
}

export const CONFIG = ".codex/config.toml";
export const AUTH = ".codex/auth.json";
export const OUR_CARD = "tokenpool-1764000000000";

/** What a switch to a card writes. */
export function configOfCard(name: string, baseUrl: string, token?: string): string {
  return `model_provider = "custom"
model = "gpt-5-codex"
model_reasoning_effort = "high" # mine
disable_response_storage = true

[model_providers.custom]
name = "${name}"
base_url = "${baseUrl}"
wire_api = "responses"
requires_openai_auth = true
${token === undefined ? "" : `experimental_bearer_token = "${token}"\n`}
[mcp_servers.mine]
command = "true"
`;
}

export function authOf(key: string): string {
  return JSON.stringify({ OPENAI_API_KEY: key }, undefined, 2);
}
