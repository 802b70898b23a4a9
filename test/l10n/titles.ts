import { isTitleCase } from "./buttons";
import { readJson } from "./texts";

interface Quoted {
  readonly title: string;
  readonly translated: string;
}

/**
 * The titles of our commands that an English text names in the middle of a sentence, each as a language has it.
 * At its beginning the same words may be an order of the sentence itself.
 */
export function quotedTitles(english: string, language: string): Quoted[] {
  const translations = readJsonOnce(`package.nls.${language}.json`);
  return Object.entries(readJsonOnce("package.nls.json"))
    .filter(([key]) => key.startsWith("command."))
    .map(([key, title]) => ({ title: bare(title), translated: bare(translations[key] ?? title) }))
    .filter(({ title }) => names(english, title));
}

function names(text: string, title: string): boolean {
  // The same label in the menu or on a button.
  if (bare(text) === title) return true;
  const words = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const quoted = new RegExp(`(?:[_“]|command:[^)]*\\)|TokenPool: )${words}(?:…|_|”)`);
  const amidst = new RegExp(`(?<=[\\p{Ll},] )${words}(?![\\p{L}\\d]| \\p{Lu})`, "u");
  return quoted.test(text) || (!isTitleCase(text) && amidst.test(text));
}

/** A page that shows what the status bar says: each of its labels as the language has it. */
export function labelsTranslated(english: string, language: string): string {
  const translations = readJsonOnce(`l10n/bundle.l10n.${language}.json`);
  return english.replace(/`([✓⚠] )?(TokenPool: )?([^`]+)`/g, (span, icon = "", name = "", label: string) => {
    const number = /\d+/.exec(label)?.[0] ?? "";
    const translated = translations[number === "" ? label : label.replace(number, "{0}")];
    if (translated === undefined) return span;
    const said = translated.replace("{0}", number);
    return `\`${icon}${name === "" ? said : (translations["TokenPool: {0}"] ?? "TokenPool: {0}").replace("{0}", said)}\``;
  });
}

/** Without what says that a question follows, and what it costs. */
function bare(title: string): string {
  return title.replace(/ ?[(（].*[)）]$/, "").replace(/…$/, "");
}

const read = new Map<string, Record<string, string>>();

function readJsonOnce(file: string): Record<string, string> {
  const known = read.get(file) ?? readJson(file);
  read.set(file, known);
  return known;
}
