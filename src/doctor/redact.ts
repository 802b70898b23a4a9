/** Anything shaped like a key or a token, wherever it may have come from. */
const SECRET_SHAPES = /\b(?:sk-|eyJ)[\w.…*-]{6,}/g;

/** Where systems keep people's home directories; the next part of the path is a name. */
const OTHER_HOMES = /([/\\](?:home|Users)[/\\])[^/\\]+/gi;

/**
 * Takes user names and secrets out of a path or a short text: `~` for the home directory, `…` for the rest.
 * @param secrets texts that must not be in the result, such as the stored key
 */
export function redactor(homeDirectory: string, secrets: readonly (string | undefined)[]) {
  const userName = homeDirectory.split(/[/\\]/).filter(Boolean).at(-1);
  const known = secrets.filter((secret) => secret !== undefined && secret !== "") as readonly string[];
  return (text: string): string => {
    let result = homeDirectory === "" ? text : text.replaceAll(homeDirectory, "~");
    for (const secret of known) result = result.replaceAll(secret, "…");
    result = result.replace(OTHER_HOMES, "$1…").replace(SECRET_SHAPES, "…");
    if (userName === undefined || userName.length < 2) return result;
    return result
      .split(/([/\\])/)
      .map((part) => (part === userName ? "…" : part))
      .join("");
  };
}
