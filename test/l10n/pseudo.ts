import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../harness/paths";
import { PAGES } from "./languages";
import { readJson } from "./texts";

/** The language of nobody, with which it shows what is not translated and what has too little room. */
export const PSEUDO = "qps-ploc";

const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: "å", e: "é", i: "î", o: "ö", u: "û", n: "ñ", s: "š", c: "ç", y: "ý" },
  ...{ A: "Å", E: "É", I: "Î", O: "Ö", U: "Û", N: "Ñ", S: "Š", C: "Ç", Y: "Ý" },
};

/** What programs read, and people as it is. */
const UNTOUCHED = /\{\w*\}|\$\([a-z0-9~-]+\)|`[^`]*`|https?:\/\/\S+|\n/;

/** `Undo` becomes `⟦Ûñdö××⟧`: accents, brackets, and two fifths longer. */
export function pseudo(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const parts = text.split(new RegExp(`(${UNTOUCHED.source})`, "g"));
  const accented = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => LETTERS[letter] ?? letter),
  );
  const [, before = "", body = "", after = ""] = /^(\s*)([^]*?)(\s*)$/.exec(accented.join("")) ?? [];
  return `${before}⟦${body}${"×".repeat(Math.ceil(body.length * 0.4))}⟧${after}`;
}

/** Each label of a link, and what is between them: a line that is a link alone becomes a button. */
function pseudoLine(line: string): string {
  return line
    .split(/(\[[^\]]*\]\(command:[^)]*\))/)
    .map((part) =>
      part.replace(/^\[([^\]]*)\](\(command:.*\))$|^[^]+$/, (all, label?: string, target?: string) =>
        label === undefined ? pseudo(all) : `[${pseudo(label)}]${target}`,
      ),
    )
    .join("");
}

/** A line of Markdown: its marks stay, and each cell of a table is a text. */
function pseudoMarkdown(line: string): string {
  const [, start = "", rest = ""] = /^((?:#+|-|\d+\.)? ?)(.*)$/.exec(line) ?? [];
  return start + rest.split("|").map(pseudo).join("|");
}

/** Writes the language into an installed extension; it is never in the package. */
export function installPseudo(extension: string): void {
  const write = (file: string, content: string) => fs.writeFileSync(path.join(extension, file), content);
  const texts = Object.entries(readJson("l10n/bundle.l10n.json"));
  write(
    `l10n/bundle.l10n.${PSEUDO}.json`,
    JSON.stringify(Object.fromEntries(texts.map(([key, text]) => [key, pseudo(text)]))),
  );
  const manifest = Object.entries(readJson("package.nls.json"));
  const lines = (text: string) => text.split("\n").map(pseudoLine).join("\n");
  write(
    `package.nls.${PSEUDO}.json`,
    JSON.stringify(Object.fromEntries(manifest.map(([key, text]) => [key, lines(text)]))),
  );
  for (const page of PAGES) {
    const text = fs.readFileSync(path.join(ROOT, "media/walkthrough", page), "utf8");
    write(
      `media/walkthrough/${page.replace(".md", `.nls.${PSEUDO}.md`)}`,
      text.split("\n").map(pseudoMarkdown).join("\n"),
    );
  }
}
