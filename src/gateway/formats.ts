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

/** @param unit a currency by its three letters, or whatever a gateway counts in */
export function formatAmount(value: number, unit: string): string {
  const isCurrency = /^[A-Z]{3}$/.test(unit);
  return isCurrency
    ? new Intl.NumberFormat(language, { style: "currency", currency: unit }).format(value)
    : `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)} ${unit}`;
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
