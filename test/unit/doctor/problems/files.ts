import { configOfCard, OUR_CARD } from "../../clients/codex/ccSwitch/ccSwitchHome";
import { API_KEY, codexAuth, codexConfig, ENDPOINT, opencodeConfig, OPENCODE_FILES } from "../machine";

export const CONFIG = ".codex/config.toml";
export const AUTH = ".codex/auth.json";
export const OPENCODE = ".config/opencode/opencode.json";
export const OPENCODE_AUTH = ".local/share/opencode/auth.json";
export const KEY_FILE = ".config/tokenpool/api-key";
export const KEY_REFERENCE = "{file:~/.config/tokenpool/api-key}";

export const CHATGPT_TOKENS = { id_token: "id", access_token: "access", refresh_token: "refresh" };

/** The key file as it should be. */
export const KEY_FILE_TEXT = `${API_KEY}\n`;

export const codexWith = (changes: Readonly<Record<string, string>>, auth?: object) => ({
  [CONFIG]: codexConfig(changes),
  [AUTH]: codexAuth(auth),
});

/** Our card of CC Switch beside a ChatGPT login; configured by us, so that nothing else is to be done. */
export const keptByCcSwitch = (token: string, above = "") => ({
  ".cc-switch/settings.json": JSON.stringify({
    currentProviderCodex: OUR_CARD,
    preserveCodexOfficialAuthOnSwitch: true,
  }),
  [AUTH]: codexAuth({ auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: CHATGPT_TOKENS }),
  [CONFIG]:
    above +
    configOfCard("TokenPool", ENDPOINT, token)
      .replace("gpt-5-codex", "gpt-5.5")
      .replace(/^disable_.*$/m, 'review_model = "gpt-5.5"'),
});

export const opencodeWith = (changes: object, options: object = {}) => ({
  ...OPENCODE_FILES,
  [OPENCODE]: opencodeConfig(changes, options),
});

/** What Configure OpenCode writes about a model. */
export const MODEL_ENTRY = {
  name: "GPT-5.5",
  reasoning: true,
  tool_call: true,
  attachment: true,
  temperature: false,
  modalities: { input: ["text", "image"], output: ["text"] },
  limit: { context: 400_000, input: 272_000, output: 128_000 },
};

/** The entry as it stands in opencode.json. */
export function entryText(entry: object): string {
  return JSON.stringify(entry, undefined, 2).replaceAll("\n", `\n${" ".repeat(8)}`);
}
