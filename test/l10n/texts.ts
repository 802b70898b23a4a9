import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../harness/paths";
import { PAGES } from "./languages";

/** A text that users read, and what it is in another language. */
export interface Text {
  /** Where it is: a file of English, and the key or the line in it. */
  readonly place: string;
  readonly key: string;
  readonly english: string;
  readonly translation: string | undefined;
}

/** Every text of the code, the manifest and the walkthrough. A page's are its lines, which correspond. */
export function textsOf(language: string): Text[] {
  return [
    ...ofJson("l10n/bundle.l10n.json", `l10n/bundle.l10n.${language}.json`),
    ...ofJson("package.nls.json", `package.nls.${language}.json`),
    ...PAGES.flatMap((page) => ofPage(page, page.replace(".md", `.nls.${language}.md`))),
  ];
}

/** Every key that a language has and English has not: nobody reads it. */
export function strayKeys(language: string): string[] {
  const files = [
    ["l10n/bundle.l10n.json", `l10n/bundle.l10n.${language}.json`],
    ["package.nls.json", `package.nls.${language}.json`],
  ] as const;
  return files.flatMap(([english, other]) => {
    const known = readJson(english);
    return Object.keys(readJson(other)).filter((key) => !(key in known));
  });
}

export function readJson(file: string): Record<string, string> {
  return JSON.parse(fs.readFileSync(path.join(ROOT, file), "utf8")) as Record<string, string>;
}

function ofJson(english: string, other: string): Text[] {
  const translations = readJson(other);
  return Object.entries(readJson(english)).map(([key, text]) => ({
    place: english,
    key,
    english: text,
    translation: Object.hasOwn(translations, key) ? translations[key] : undefined,
  }));
}

function ofPage(english: string, other: string): Text[] {
  const lines = linesOf(other);
  const texts = linesOf(english).map((line, index) => ({
    place: english,
    key: `line ${index + 1}`,
    english: line,
    translation: lines[index],
  }));
  // The rule below a table's head says nothing.
  return texts.filter((text) => /\p{L}/u.test(text.english));
}

/** Whether a key is one of a page's. */
export function isLine(key: string): boolean {
  return key.startsWith("line ");
}

/** Pages that have more or fewer lines than in English. */
export function strayLines(language: string): string[] {
  return PAGES.map((page) => [page, page.replace(".md", `.nls.${language}.md`)] as const)
    .filter(([english, other]) => linesOf(english).length !== linesOf(other).length)
    .map(([, other]) => other);
}

function linesOf(page: string): string[] {
  return fs
    .readFileSync(path.join(ROOT, "media/walkthrough", page), "utf8")
    .trimEnd()
    .split("\n");
}
