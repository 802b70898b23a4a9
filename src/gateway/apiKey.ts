import * as l10n from "@vscode/l10n";
import { isOwnDomain } from "./endpoints";
import { keysIn } from "./pastedKey";

/** sub2api accepts custom keys from 16 characters on; nothing shorter can be complete. */
const MINIMUM_LENGTH = 16;
/** Gateways of this kind refuse anything longer than 128 bytes. */
const MAXIMUM_LENGTH = 128;
/** What the gateway generates: `sk-` and the hex form of 32 bytes. */
const USUAL_SHAPE = /^sk-[0-9a-f]{64}$/;

export type ApiKeyCheck =
  | { readonly valid: true; readonly key: string; readonly warning?: string }
  | { readonly valid: false; readonly message: string };

/** What other services' keys begin with; the longest beginning of a service first. */
const FOREIGN: readonly (readonly [beginning: string, service: string])[] = [
  ["sk-proj-", "OpenAI"],
  ["sk-svcacct-", "OpenAI"],
  ["sk-admin-", "OpenAI"],
  ["sk-ant-", "Anthropic"],
  ["sk-or-", "OpenRouter"],
  ["AIza", "Google"],
  ["gsk_", "Groq"],
  ["xai-", "xAI"],
  ["hf_", "Hugging Face"],
  ["ghp_", "GitHub"],
  ["github_pat_", "GitHub"],
];
const GENERATED_LENGTH = 67;

/**
 * Judges a pasted text. Refused: what can never be a working key, with the reason. An unusual shape
 * only warns, because the gateway's operator may configure another prefix or allow custom keys.
 */
export function checkApiKey(pasted: string): ApiKeyCheck {
  const [key = "", ...others] = keysIn(pasted);
  const message = others.length > 0 ? severalKeys() : (otherThing(key) ?? impossibleShape(key));
  if (message !== undefined) return { valid: false, message };
  const warning = unusualShape(key);
  return warning === undefined ? { valid: true, key } : { valid: true, key, warning };
}

function severalKeys(): string {
  return l10n.t("This text holds more than one key. Copy only one of them.");
}

/** What people have in their clipboard instead of the key. */
function otherThing(text: string): string | undefined {
  if (text === "") return l10n.t("Paste your TokenPool API key.");
  if (/^ccswitch:/i.test(text)) return l10n.t("This CC Switch link holds no API key.");
  if (isAddress(text)) return l10n.t("This is a URL, not an API key.");
  // Beside a ChatGPT login in Codex's auth.json.
  if (text === "null") return l10n.t("This text holds no API key.");
  if (isReference(text)) {
    return l10n.t("This only names the place of a key. Copy the key itself in the TokenPool console.");
  }
  if (/^<?(?:sk-)?(?:x{4,80}|your[\w-]*)>?$/i.test(text)) {
    return l10n.t("This is a placeholder. Copy the key itself in the TokenPool console.");
  }
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text)) {
    return l10n.t("This is a login token (JWT), not an API key. Copy the key in the TokenPool console.");
  }
  const foreign = FOREIGN.find(([beginning]) => text.startsWith(beginning));
  return foreign && l10n.t("This key is from {0} ({1}…), not from TokenPool.", foreign[1], foreign[0]);
}

/** Also one without https://. */
function isAddress(text: string): boolean {
  const host = /^[\w.-]+/.exec(text)?.[0].toLowerCase() ?? "";
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || host.startsWith("www.") || isOwnDomain(host);
}

/** A variable's name or use, or one of OpenCode's references. */
function isReference(text: string): boolean {
  return /^(?:[A-Z][A-Z0-9_]*_API_KEY|\$(?:env:)?\w+|\$\{[^}]*\}?|\{(?:env|file):[^}]*\}?|%\w+%)$/.test(text);
}

/** What no gateway takes as a key. */
function impossibleShape(key: string): string | undefined {
  if (/[*•●]|\.\.\./.test(key)) {
    return l10n.t("This is a masked key. Copy the whole key in the console with its copy button.");
  }
  if (/[\s"'\\`<>{}]/.test(key)) return l10n.t("This text holds more than a key. Copy only the key itself.");
  if (!/^[\x21-\x7e]+$/.test(key)) return l10n.t("A key holds only plain ASCII characters. Copy it again.");
  if (key.length < MINIMUM_LENGTH) return l10n.t("This is too short to be a whole key. Copy it again.");
  if (key.length > MAXIMUM_LENGTH) return l10n.t("This is too long to be a key. Copy only the key itself.");
  return undefined;
}

/** The gateway's operator may allow keys of another shape, so these are used when the user insists. */
function unusualShape(key: string): string | undefined {
  if (USUAL_SHAPE.test(key)) return undefined;
  if (USUAL_SHAPE.test(`sk-${key}`)) return l10n.t("The beginning of the key is missing: sk-.");
  if (!/^sk-[0-9a-f]+$/i.test(key) || key.length === GENERATED_LENGTH) {
    return l10n.t("This key does not have the usual shape. Is it complete?");
  }
  return key.length < GENERATED_LENGTH
    ? l10n.t("The key is incomplete: {0} of {1} characters.", key.length, GENERATED_LENGTH)
    : l10n.t("The key is too long: {0} instead of {1} characters.", key.length, GENERATED_LENGTH);
}

/** The only form in which a key may be shown: never enough to use or to guess it. */
export function maskApiKey(key: string): string {
  return key.length >= MINIMUM_LENGTH ? `${key.slice(0, 3)}…${key.slice(-4)}` : "…";
}
