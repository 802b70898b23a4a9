import * as l10n from "@vscode/l10n";

/** What several keys are called, in the order of the list. Names are the user's; a slot is where a key lies. */
export interface KeyName {
  readonly slot: number;
  readonly name: string;
}

/** Longer ones push everything else out of a row. */
const LONGEST_NAME = 40;

/** Control characters, and those that turn the direction of whatever stands around them. */
const HARMFUL = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Something of it can be seen: of blanks there are many, and some count as letters. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

/** What looks like a key was pasted into the wrong box: names are kept and shown as they are. */
const KEY_SHAPES = /\b(?:sk-|eyJ)[\w-]{6,}/g;

/**
 * A name as it can be shown in one row: in one line, of at most 40 characters, turning no text around, and holding no key.
 * @param apiKeys the stored keys
 */
export function tidyName(text: string, apiKeys: readonly string[] = []): string {
  const plain = apiKeys
    .reduce((result, apiKey) => result.replaceAll(apiKey, "…"), text)
    .replace(KEY_SHAPES, "…");
  if (!VISIBLE.test(plain)) return "";
  const line = plain.replace(HARMFUL, " ").replace(/\s+/g, " ").trim();
  return [...new Intl.Segmenter().segment(line.slice(0, LONGEST_NAME * 20))]
    .slice(0, LONGEST_NAME)
    .map(({ segment }) => segment)
    .join("")
    .trim();
}

/** The next free one of "Default", "Key 2", "Key 3"… */
export function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? l10n.t("Default") : l10n.t("Key {0}", number);
    if (!taken.includes(name)) return name;
  }
}

/** @param stored from the storage, where another version may have written anything */
export function readNames(stored: unknown): KeyName[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    const { slot, name } = Object(entry) as Partial<Record<keyof KeyName, unknown>>;
    const isName = typeof slot === "number" && typeof name === "string" && tidyName(name) !== "";
    return isName ? [{ slot, name: tidyName(name) }] : [];
  });
}
