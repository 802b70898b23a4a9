/** Members and keys of client files whose values are credentials, whoever's they are. */
const CREDENTIAL =
  /(["']?(?:[\w-]*api_?key|[\w-]*token|[\w-]*secret|password|authorization)["']?\s*[:=]\s*)(["'])((?:(?!\2|[\r\n]).){8,})\2/gi;

/** Values that only name where the credential is; masking them would hide what changes. */
const REFERENCE = /^\{(file|env):[^}]*\}$/;

/**
 * Hides credentials in a text that is only shown: two different keys still look different, but neither
 * can be read. Never used on what is written.
 */
export function maskSecrets(text: string): string {
  return text.replace(CREDENTIAL, (whole, before: string, quote: string, value: string) =>
    REFERENCE.test(value) ? whole : `${before}${quote}${mask(value)}${quote}`,
  );
}

function mask(value: string): string {
  return value.length >= 16 ? `${value.slice(0, 3)}…${value.slice(-4)}` : "…";
}
