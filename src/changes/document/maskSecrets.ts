import { maskApiKey } from "../../gateway/apiKey";
import { withoutUserInfo } from "../../gateway/userInfo";

/** Members and keys of client files whose values are credentials, whoever's they are. */
const CREDENTIAL =
  /((?<![\w-])[\w-]*(?:api[-_]?key|token|secret|password|authorization)["']?\s*[:=]\s*)("""|'''|["'])((?:(?!\2|[\r\n]).){8,})\2/gi;

/** A key of this kind, whatever it is called where it stands. */
const KEY_SHAPE = /\bsk-[\w-]{13,}/g;

/** Values that only name where the credential is; masking them would hide what changes. */
const REFERENCE = /^\{(file|env):[^}]*\}$/;

/**
 * Hides credentials in a text that is only shown: two different keys still look different, but neither
 * can be read. Never used on what is written.
 * @param isCredentialFile a file without structure then holds nothing but a credential
 */
export function maskSecrets(text: string, isCredentialFile: boolean): string {
  if (isCredentialFile && !/^\s*[{[]/.test(text)) return text.replace(/\S+/g, maskApiKey);
  return withoutUserInfo(text)
    .replace(CREDENTIAL, (whole, before: string, quote: string, value: string) =>
      REFERENCE.test(value) ? whole : `${before}${quote}${maskApiKey(value)}${quote}`,
    )
    .replace(KEY_SHAPE, maskApiKey);
}
