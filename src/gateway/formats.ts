import * as l10n from "@vscode/l10n";

/** Amounts, dates and times as the language of the texts writes them, which is English where VS Code's has none. */

/** BCP 47. */
let language = "en";

/** Called once, together with the texts of the language. */
export function speakIn(languageOfTexts: string): void {
  language = languageOfTexts;
}

/** The language in which everything is said, as BCP 47. */
export function textLanguage(): string {
  return language;
}

/**
 * What is not nothing is not written as nothing either: it is less than the least that is written.
 * @param unit a currency by its three letters, or whatever a gateway counts in
 */
export function formatAmount(value: number, unit: string): string {
  const isCurrency = /^[A-Z]{3}$/.test(unit);
  const style = isCurrency ? ({ style: "currency", currency: unit } as const) : { maximumFractionDigits: 2 };
  const numbers = new Intl.NumberFormat(language, style);
  // Of yen and won there is no hundredth, of some dinars a thousandth.
  const least = 10 ** -(numbers.resolvedOptions().maximumFractionDigits ?? 2);
  const isLess = value !== 0 && Math.abs(value) < least;
  // Zero is added because there is a negative one.
  const number = numbers.format(isLess ? least : value + 0);
  const amount = isCurrency ? number : `${number} ${unit}`;
  return isLess ? l10n.t("less than {0}", amount) : amount;
}

/** @param time ISO 8601 */
export function formatDate(time: string): string {
  return new Date(time).toLocaleDateString(language);
}

/** @param time ISO 8601 */
export function formatTime(time: string): string {
  return new Date(time).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
}

/** Names in a row as the language puts them: "Codex, OpenCode", "Codex、OpenCode", "Codex und OpenCode". */
export function formatList(names: readonly string[]): string {
  // Of type "unit" Chinese has nothing between two names.
  return new Intl.ListFormat(language, { type: "conjunction", style: "narrow" }).format(names);
}

/** With the full stop of the language. @param words a title, or whatever else has none */
export function formatSentence(words: string): string {
  return l10n.t("{0}.", words);
}
