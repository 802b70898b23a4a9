import { isSamePlace } from "../changes/spelling";
import { withoutUserInfo } from "../gateway/userInfo";

/** Anything shaped like a key or a token, wherever it may have come from. */
const SECRET_SHAPES = /\b(?:sk-|eyJ)[\w.…*-]{6,}/g;

/** Where systems keep people's home directories; the next part of the path is a name. */
const OTHER_HOMES = /([/\\](?:home|Users)[/\\])[^/\\]+/gi;

const OF_WINDOWS = /^[a-z]:[/\\]/i;

/** Keys stand in wrong places too, such as where the name of a variable belongs: what is seen there shows none. */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  const known = secrets.filter((secret) => secret !== undefined && secret !== "") as readonly string[];
  const shown = known.reduce((result, secret) => result.replaceAll(secret, "…"), text);
  return withoutUserInfo(shown).replace(SECRET_SHAPES, "…");
}

/**
 * Takes user names and secrets out of a path or a short text: `~` for the home directory, `…` for the rest.
 * @param secrets texts that must not be in the result, such as the stored key
 */
export function redactor(homeDirectory: string, secrets: readonly (string | undefined)[]) {
  const isSameName = (part: string, name: string) =>
    OF_WINDOWS.test(homeDirectory) ? part.toLowerCase() === name.toLowerCase() : part === name;
  const userName = homeDirectory.split(/[/\\]/).filter(Boolean).at(-1);
  return (text: string): string => {
    // Not where the name only begins another one.
    const shorten = (home: string, at: number) => (/^[\w.-]/.test(text.slice(at + home.length)) ? home : "~");
    const atHome = homeDirectory === "" ? text : text.replaceAll(spellingsOf(homeDirectory), shorten);
    const result = withoutSecrets(atHome, secrets).replace(OTHER_HOMES, "$1…");
    if (userName === undefined || userName.length < 2) return result;
    return result
      .split(/([/\\])/)
      .map((part) => (isSameName(part, userName) ? "…" : part))
      .join("");
  };
}

/** A path of Windows is written in capitals and small letters, and with either separator. */
function spellingsOf(homeDirectory: string): RegExp | string {
  if (!OF_WINDOWS.test(homeDirectory)) return homeDirectory;
  const parts = homeDirectory.split(/[/\\]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?:\\\\\\\\\\?\\\\)?${parts.join("[/\\\\]")}`, "gi");
}

/** A path with `~` for the home directory, so that screenshots and reports tell no user name. */
export function shortPath(path: string, homeDirectory: string): string {
  const rest = path.slice(homeDirectory.length);
  const isInHome = homeDirectory !== "" && isSamePlace(path.slice(0, homeDirectory.length), homeDirectory);
  return isInHome && /^[/\\]/.test(rest) ? `~${rest}` : path;
}
