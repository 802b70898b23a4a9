import * as l10n from "@vscode/l10n";

/** sub2api accepts custom keys from 16 characters on; nothing shorter can be complete. */
const MINIMUM_LENGTH = 16;
/** Gateways of this kind refuse anything longer than 128 bytes. */
const MAXIMUM_LENGTH = 128;
/** Of a snippet that holds a key; a longer text was copied by mistake. */
const LONGEST_TEXT = 10_000;
/** What the gateway generates: `sk-` and the hex form of 32 bytes. */
const USUAL_SHAPE = /^sk-[0-9a-f]{64}$/;

export type ApiKeyCheck =
  | { readonly valid: true; readonly key: string; readonly warning?: string }
  | { readonly valid: false; readonly message: string };

/**
 * Takes the key out of whatever was pasted: surrounding blanks and quotes, `Bearer …`,
 * `OPENAI_API_KEY=…` with or without `export`, or a JSON or TOML snippet that holds it.
 */
export function cleanApiKey(pasted: string): string {
  let text = pasted.trim();
  if (text.length > LONGEST_TEXT) return text;
  const assigned =
    /["'“”]?(?:OPENAI_API_KEY|TOKENPOOL_API_KEY|api_?key|experimental_bearer_token)["'“”]?\s*[:=]\s*["'“”]?([^\s"'“”,;}]+)/i.exec(
      text,
    );
  if (assigned?.[1]) text = assigned[1];
  text = withoutAround(text).trim();
  text = text.replace(/^(?:authorization\s*:\s*)?bearer\s+/i, "");
  // Line breaks inside come from a terminal or a mail that wrapped the key.
  return text.replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? "" : blanks));
}

/** By hand, for a pattern that ends with the text is tried from every character on. */
function withoutAround(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && `"'“”‘’\``.includes(text.charAt(start))) start++;
  while (end > start && `"'“”‘’\`;,`.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * Judges a pasted text. Refused: what can never be a working key, with the reason. An unusual shape
 * only warns, because the gateway's operator may configure another prefix or allow custom keys.
 */
export function checkApiKey(pasted: string): ApiKeyCheck {
  const key = cleanApiKey(pasted);
  if (key === "") return { valid: false, message: l10n.t("Paste your TokenPool API key.") };
  if (/[*•…]|\.\.\./.test(key)) {
    return {
      valid: false,
      message: l10n.t("This is a masked key. Copy the whole key in the console with its copy button."),
    };
  }
  if (/[\s"'\\`<>{}]/.test(key)) {
    return { valid: false, message: l10n.t("This text holds more than a key. Copy only the key itself.") };
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return { valid: false, message: l10n.t("A key holds only plain ASCII characters. Copy it again.") };
  }
  if (key.length < MINIMUM_LENGTH) {
    return { valid: false, message: l10n.t("This is too short to be a whole key. Copy it again.") };
  }
  if (key.length > MAXIMUM_LENGTH) {
    return { valid: false, message: l10n.t("This is too long to be a key. Copy only the key itself.") };
  }
  if (USUAL_SHAPE.test(key)) return { valid: true, key };
  return {
    valid: true,
    key,
    warning: l10n.t("This key has an unusual shape ({0} characters). Is it complete?", key.length),
  };
}

/** The only form in which a key may be shown: never enough to use or to guess it. */
export function maskApiKey(key: string): string {
  return key.length >= MINIMUM_LENGTH ? `${key.slice(0, 3)}…${key.slice(-4)}` : "…";
}
