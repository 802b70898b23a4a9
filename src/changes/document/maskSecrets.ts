import { maskApiKey } from "../../gateway/apiKey";
import { withoutUserInfo } from "../../gateway/userInfo";

/** A remark in JSON. Of limited length, for each name of a credential is followed that far. */
const REMARK = /\/\*(?:(?!\*\/)[\s\S]){0,300}\*\/|\/\/[^\r\n]{0,300}[\r\n]/.source;
const GAP = `\\s*(?:(?:${REMARK})\\s*){0,3}`;

/** Strings of JSON and TOML as far as they end. In three quotes they may have several lines; single quotes know no escape. */
const STRING = [
  /"""((?:\\[\s\S]|(?!""")[^\\]){8,})"""/,
  /'''((?:(?!''')[\s\S]){8,})'''/,
  /"((?:\\.|[^"\\\r\n]){8,})"/,
  /'([^'\r\n]{8,})'/,
]
  .map(({ source }) => source)
  .join("|");

/** Members and keys of client files whose values are credentials, whoever's they are. */
const CREDENTIAL = new RegExp(
  `((?<![\\w-])[\\w-]*(?:api[-_]?key|token|secret|password|authorization)["']?${GAP}[:=]${GAP})(?:${STRING})`,
  "gi",
);

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
    .replace(CREDENTIAL, (whole, before: string, ...strings: (string | undefined)[]) => {
      const value = strings.slice(0, 4).find((each) => each !== undefined) ?? "";
      const string = whole.slice(before.length);
      return REFERENCE.test(value) ? whole : before + string.replace(value, () => masked(value));
    })
    .replace(KEY_SHAPE, maskApiKey);
}

/** The lines around a value stay. */
function masked(value: string): string {
  return value.replace(/\S(?:[\s\S]*\S)?/, maskApiKey);
}
