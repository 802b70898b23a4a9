import fc from "fast-check";
import type { ConfigValue, KeyEdit, KeyPath } from "../../../../src/changes/document/edits/keyEdit";
import type { Content, Language } from "./language";
import { NAMES } from "./tomlDocuments";

export interface SetEdit {
  readonly kind: "set";
  readonly path: KeyPath;
  readonly value: ConfigValue;
}

const keyPath = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });
const ourValue = fc.constantFrom("text", "gpt-5.5", 7, true, 'a "quoted" \\ é 🦀');

/** A path that is likely to meet something of the document: any, inside one of its tables, or one of its keys. */
const target = fc.record({
  kind: fc.constantFrom("any", "inside", "inside", "present"),
  pick: fc.nat(1000),
  path: keyPath,
});

/** A document with some paths for edits. */
function documentAndPaths(
  language: Language,
  most: number,
): fc.Arbitrary<{ text: string; paths: KeyPath[] }> {
  return fc
    .tuple(language.document, fc.array(target, { minLength: 1, maxLength: most }))
    .map(([text, targets]) => {
      const present = pathsOf(language.read(text));
      const paths = targets.map(({ kind, pick, path }) => {
        const candidates = present.filter(
          ({ isTable }) => kind === "present" || (kind === "inside" && isTable),
        );
        const at = candidates[pick % Math.max(1, candidates.length)]?.path;
        if (!at) return path;
        return kind === "inside" ? [...at, ...path.slice(0, 2)] : at;
      });
      return { text, paths };
    });
}

function pathsOf(content: Content, above: KeyPath = []): { path: KeyPath; isTable: boolean }[] {
  return [...content].flatMap(([name, value]) => {
    const path = [...above, name];
    if (!(value instanceof Map)) return [{ path, isTable: false }];
    return [{ path, isTable: true }, ...pathsOf(value as Content, path)];
  });
}

export interface SetCase {
  readonly text: string;
  readonly edits: readonly SetEdit[];
}

export function documentAndSets(language: Language, most: number): fc.Arbitrary<SetCase> {
  return fc
    .tuple(documentAndPaths(language, most), fc.array(ourValue, { minLength: most, maxLength: most }))
    .map(([{ text, paths }, values]) => ({
      text,
      edits: paths.map((path, index) => ({ kind: "set", path, value: values[index] ?? true })),
    }));
}

/** Sets of up to four keys that all belong into one table or object. */
export function documentAndNeighbours(language: Language): fc.Arbitrary<SetCase> {
  const names = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 4 });
  return fc.tuple(documentAndPaths(language, 1), names, ourValue).map(([{ text, paths }, last, value]) => ({
    text,
    edits: last.map((name) => ({ kind: "set", path: [...(paths[0] ?? []).slice(0, -1), name], value })),
  }));
}

export function documentAndRemoval(language: Language): fc.Arbitrary<{ text: string; edit: KeyEdit }> {
  return documentAndPaths(language, 1).map(({ text, paths: [path = []] }) => ({
    text,
    edit: { kind: "remove", path },
  }));
}
