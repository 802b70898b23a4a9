/** Names that are the same everywhere. */
export const NAMES = [
  ...["TokenPool", "Codex", "OpenCode", "CC Switch", "VS Code", "ChatGPT", "OpenAI"],
  ...["WSL", "CODEX_HOME", "WebSocket"],
];

/** Short forms that are words in no language, beside names. */
const SYMBOLS =
  /\b(?:OK|URL|API|IPv|ms|TLS|DNS|HTTP|https?|MCP|UTF|Git|IP|JSON|TOML|PATH|npm|AGENTS|Codex App)\b/g;

/** English words that the language itself uses for the thing, as VS Code's language pack does. */
const BORROWED: Readonly<Record<string, readonly string[]>> = {
  de: ["Version", "Details", "Phase", "Offline", "Clients…", "1 Problem"],
  fr: ["Version", "Phase", "Documentation", "Total", "Console", "Client"],
  es: ["Total", "Error"],
  "pt-br": ["Total", "Log", "Console", "Endpoint", "Endpoint…", "Offline"],
};

/** Whether a text may be the same in a language: it consists of names, or of a word that the language has too. */
export function mayStayEnglish(english: string, language: string): boolean {
  if (BORROWED[language]?.includes(english)) return true;
  let rest = english.replace(/\{\w*\}|`[^`]*`|\$\([a-z0-9~-]+\)|https?:\/\/\S+|\S*[_./]\w\S*/g, " ");
  for (const name of NAMES) rest = rest.replaceAll(name, " ");
  return !/\p{L}/u.test(rest.replace(SYMBOLS, " "));
}
