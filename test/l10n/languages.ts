import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../harness/paths";

/** What we speak besides English, as VS Code names it. The only list of them. */
export const LANGUAGES = ["zh-cn", "zh-tw", "ja", "ko", "de", "es", "fr", "pt-br", "ru"] as const;

/** Those that write without letters. */
export const IDEOGRAPHIC: readonly string[] = ["zh-cn", "zh-tw", "ja", "ko"];

export const PAGES = fs
  .readdirSync(path.join(ROOT, "media/walkthrough"))
  .filter((name) => /^[^.]+\.md$/.test(name));

/** The files of a language; VS Code finds each by its name alone. */
export function filesOf(language: string): string[] {
  return [
    `l10n/bundle.l10n.${language}.json`,
    `package.nls.${language}.json`,
    ...PAGES.map((page) => `media/walkthrough/${page.replace(".md", `.nls.${language}.md`)}`),
    `test/l10n/glossary/${language}.json`,
  ];
}

/** The languages that any file names. */
export function languagesOfFiles(): string[] {
  const patterns = {
    l10n: /^bundle\.l10n\.(.+)\.json$/,
    ".": /^package\.nls\.(.+)\.json$/,
    "media/walkthrough": /\.nls\.(.+)\.md$/,
    "test/l10n/glossary": /^(.+)\.json$/,
  };
  const found = Object.entries(patterns).flatMap(([folder, pattern]) =>
    fs.readdirSync(path.join(ROOT, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []),
  );
  return [...new Set(found)].sort();
}

/** The languages that can be tried: all that belongs to them is there. */
export function wholeLanguages(): string[] {
  return languagesOfFiles().filter((language) =>
    filesOf(language).every((file) => fs.existsSync(path.join(ROOT, file))),
  );
}
