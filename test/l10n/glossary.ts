import { readJson } from "./texts";

/** A term of English, and the words of a language for it, or what they begin with. */
interface Term {
  readonly term: string;
  /** Finds the term as a word of its own, not as a part of a name. */
  readonly pattern: RegExp;
  readonly accepted: readonly string[];
}

const read = new Map<string, readonly Term[]>();

/** The terms of test/l10n/glossary/<language>.json, which whoever translates keeps to. */
export function glossaryOf(language: string): readonly Term[] {
  const known = read.get(language) ?? readGlossary(language);
  read.set(language, known);
  return known;
}

function readGlossary(language: string): Term[] {
  const terms: Record<string, unknown> = readJson(`test/l10n/glossary/${language}.json`);
  return Object.entries(terms).map(([term, accepted]) => {
    const words = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return {
      term,
      pattern: new RegExp(`(?<![\\w./\\-$])${words}(?![\\w/-]|\\.\\w| =)`, "i"),
      accepted: accepted as readonly string[],
    };
  });
}
