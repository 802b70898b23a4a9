import { LANGUAGES } from "../../l10n/languages";
import { pseudo } from "../../l10n/pseudo";
import { readJson } from "../../l10n/texts";

/** What is on the screen in a language, by its English text. */
export class Words {
  private readonly texts: Readonly<Record<string, string>>;
  private readonly titles: Readonly<Record<string, string>>;

  constructor(readonly language: string) {
    const isReal = LANGUAGES.some((each) => each === language);
    this.texts = isReal ? readJson(`l10n/bundle.l10n.${language}.json`) : pseudoOf("l10n/bundle.l10n.json");
    this.titles = isReal ? readJson(`package.nls.${language}.json`) : pseudoOf("package.nls.json");
  }

  /** A text of the code, with what is put into it. */
  say(english: string, ...values: readonly string[]): string {
    const text = this.texts[english];
    if (text === undefined) throw new Error(`nobody says “${english}”`);
    return text.replace(/\{(\d+)\}/g, (_, at: string) => values[Number(at)] ?? "");
  }

  /** A text of the manifest, by its key. */
  title(key: string): string {
    const text = this.titles[key];
    if (text === undefined) throw new Error(`the manifest has no ${key}`);
    return text;
  }

  /** A command as the palette shows it. */
  command(key: string): string {
    return `TokenPool: ${this.title(`command.${key}`)}`;
  }
}

function pseudoOf(file: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readJson(file)).map(([key, text]) => [key, pseudo(text)]));
}
