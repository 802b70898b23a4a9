import { buttonTexts } from "./buttons";
import { glossaryOf } from "./glossary";
import { IDEOGRAPHIC } from "./languages";
import { mayStayEnglish, NAMES } from "./names";
import { labelsTranslated, quotedTitles } from "./titles";
import { isLine, strayKeys, strayLines, textsOf } from "./texts";

/** Something that is wrong in a language, as one line for people. */
export type Fault = string;

interface Pair {
  readonly key: string;
  readonly english: string;
  readonly translation: string;
  readonly language: string;
}

/** Looks at a text and its translation. @returns what is wrong, or nothing */
type Check = (pair: Pair) => string | undefined;

/** What has to be in every translation as it is in English, in any order and any number of times. */
const KEPT: Readonly<Record<string, RegExp>> = {
  placeholder: /\{\w*\}/g,
  icon: /\$\([a-z0-9~-]+\)/g,
  command: /\]\(command:[^)]*\)/g,
  code: /`[^`]*`/g,
  "quoted code": /"[^"]*"/g,
  address: /https?:\/\/(?:[\w.~:/?#@!$&+,;=%-]*[\w/])?/g,
  // Names of files, keys, variables and options.
  name: /[a-z]\w*\.(?:toml|json|jsonc|md|env)\b|\b\w+_\w+\b|(?<![\w-])--[a-z][\w-]*/gi,
};

/** A language's own quotes, which nobody may copy into a file or a shell, and what is in them. */
const TYPOGRAPHIC = /(?:[“„‟«‹「『]|(?<!\p{L})‘)\s?([^“”„‟«»‹›「」『』‘’]+?)\s?[“”»›」』’]/gu;

/** Settings with values, options, commands, names of packages, and the values that our texts name. */
const CODE =
  /=|_|(?:^|\s)--?\w|^@|^(?:sudo|git|npm|unset|export|set|setx) |^[a-z]+(?:[A-Z][a-z]*)*$|^(?:OpenAI|Bearer|baseURL)$/;

const CHECKS: Readonly<Record<string, Check>> = {
  "has code in straight quotes": ({ english, translation }) => {
    const quoted = [english, translation].flatMap((text) => [...text.matchAll(TYPOGRAPHIC)]);
    const code = quoted.map(([, inner = ""]) => inner).filter((inner) => CODE.test(inner));
    return code.length > 0 ? `in typographic quotes: ${code.join(", ")}` : undefined;
  },
  "keeps placeholders, icons, commands, code, addresses and technical names": (pair) => {
    const lost = Object.entries(KEPT).flatMap(([what, pattern]) => {
      const before = matches(labelsTranslated(pair.english, pair.language), pattern);
      const after = matches(pair.translation, pattern);
      return [
        ...[...before].filter((each) => !after.has(each)).map((each) => `without the ${what} ${each}`),
        ...[...after].filter((each) => !before.has(each)).map((each) => `with the ${what} ${each}`),
      ];
    });
    return lost.join(", ") || undefined;
  },
  "keeps the names of products": ({ english, translation }) => {
    const lost = NAMES.filter((name) => english.includes(name) && !translation.includes(name));
    return lost.length > 0 ? `without ${lost.join(", ")}` : undefined;
  },
  "says nothing in English": ({ english, translation, language }) =>
    translation === english && !mayStayEnglish(english, language) ? "is English" : undefined,
  "is in its own script": ({ english, translation, language }) => {
    if (mayStayEnglish(english, language)) return undefined;
    if (IDEOGRAPHIC.includes(language) && !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(translation))
      return "holds no character of its script";
    if (language === "ru" && !/\p{sc=Cyrl}/u.test(translation)) return "holds no Cyrillic letter";
    return undefined;
  },
  "has room on its button": ({ key, english, translation }) => {
    const isButton = key.startsWith("command.") || buttons().has(english);
    const room = Math.max(1.6 * widthOf(english), widthOf(english) + 12);
    return isButton && widthOf(translation) > room
      ? `takes ${widthOf(translation)} columns of ${Math.floor(room)}`
      : undefined;
  },
  "has the outer spaces, lines and Markdown of the English": ({ key, english, translation }) => {
    const shape = (text: string) => {
      const outer = [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0], text.split("\n").length];
      if (!isLine(key)) return outer.join();
      const start = /^(?:#+|-|\d+\.)? ?/.exec(text)?.[0];
      return [...outer, start, ...["|", "**", "_"].map((mark) => text.split(mark).length)].join();
    };
    return shape(english) === shape(translation) ? undefined : "is built in another way";
  },
  "calls our commands by their titles": (pair) => {
    const wrong = quotedTitles(pair.english, pair.language).filter(
      ({ translated }) => !pair.translation.includes(translated),
    );
    return wrong.map(({ title, translated }) => `“${title}” is “${translated}”`).join(", ") || undefined;
  },
  "uses the words of its glossary": ({ english, translation, language }) => {
    const wrong = glossaryOf(language).filter(
      ({ pattern, accepted }) =>
        pattern.test(english) &&
        !accepted.some((form) => translation.toLowerCase().includes(form.toLowerCase())),
    );
    return wrong.map(({ term, accepted }) => `“${term}” is ${accepted.join(" or ")}`).join(", ") || undefined;
  },
};

export const CHECK_NAMES = Object.keys(CHECKS);

/** Everything in a language that a check finds wrong. */
export function faults(language: string, check: string): Fault[] {
  return textsOf(language).flatMap(({ place, key, english, translation }) => {
    if (translation === undefined) return [];
    const wrong = CHECKS[check]!({ key, english, translation, language });
    return wrong === undefined ? [] : [`${language}, ${place}, ${key}\n      ${wrong}\n      ${translation}`];
  });
}

/** Texts that are missing, and such as no English text is there for any more. */
export function missing(language: string): Fault[] {
  const gone = textsOf(language).filter(({ translation }) => !translation?.trim());
  return [
    ...gone.map(({ place, key }) => `${language}, ${place}: not translated: ${key}`),
    ...strayLines(language).map((page) => `${language}: ${page} has other lines than the English page`),
    ...strayKeys(language).map((key) => `${language}: nobody says this any more: ${key}`),
  ];
}

/** The share of the texts that a language says in its own words or need no translation, in percent. */
export function shareOf(language: string): number {
  const texts = textsOf(language);
  const spoken = texts.filter(
    ({ english, translation }) =>
      translation !== undefined && (translation !== english || mayStayEnglish(english, language)),
  );
  return Math.floor((100 * spoken.length) / texts.length);
}

let known: Set<string> | undefined;

function buttons(): Set<string> {
  return (known ??= buttonTexts());
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g;

/** In columns of a terminal: an ideograph takes two. */
function widthOf(text: string): number {
  return text.replace(WIDE, "xx").length;
}

function matches(text: string, pattern: RegExp): Set<string> {
  return new Set(text.match(pattern));
}
