import { isDeepStrictEqual } from "node:util";
import type fc from "fast-check";
import JSON5 from "json5";
import { findNodeAtLocation, parseTree, visit } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { parseTOML } from "toml-eslint-parser";
import { editJson } from "../../../../src/changes/document/json/editJson";
import type { KeyEdit, KeyPath } from "../../../../src/changes/document/edits/keyEdit";
import { editToml } from "../../../../src/changes/document/toml/editToml";
import { jsonDocument } from "./jsonDocuments";
import { tomlDocument } from "./tomlDocuments";

/** What the properties need to know of a file format; nothing here is used by the editors themselves. */
export interface Language {
  readonly format: "toml" | "jsonc";
  readonly document: fc.Arbitrary<string>;
  /** A comment line with the mark given. */
  comment(mark: string): string;
  edit(text: string, edits: readonly KeyEdit[]): string;
  read(text: string): Content;
  comments(text: string): string[];
  /** Those with nothing in front of them on their line; without those inside of what stands at the path. */
  ownLineComments(text: string, path: KeyPath): string[];
  /** Whether an object or an array may be replaced by a value of ours. */
  readonly replacesAnything: boolean;
}

/** Maps instead of objects: no name has a meaning of its own, and order does not count. */
export type Content = Map<string, unknown>;

export const TOML: Language = {
  format: "toml",
  document: tomlDocument,
  comment: (mark) => `# ${mark}`,
  edit: editToml,
  read(text) {
    parseTOML(text, { tomlVersion: "1.1" });
    return asContent(parseToml(text, { integersAsBigInt: "asNeeded" })) as Content;
  },
  comments: (text) => parseTOML(text, { tomlVersion: "1.1" }).comments.map(({ value }) => value.trimEnd()),
  // A value that a comment stands in goes or stays as a whole, whatever its path.
  ownLineComments(text) {
    const { body, comments } = parseTOML(text, { tomlVersion: "1.1" });
    const lines = body[0].body.flatMap((node) => (node.type === "TOMLTable" ? node.body : [node]));
    return comments
      .filter(({ range: [offset] }) => isFirstOnLine(text, offset))
      .filter(({ range: [offset] }) => !lines.some(({ range }) => range[0] < offset && offset < range[1]))
      .map(({ value }) => value.trimEnd());
  },
  replacesAnything: false,
};

export const JSONC: Language = {
  format: "jsonc",
  document: jsonDocument,
  comment: (mark) => `// ${mark}`,
  edit: (text, edits) => editJson(text, edits, { allowComments: true }),
  read(text) {
    const isEmpty = parseTree(text, [], { allowEmptyContent: true }) === undefined;
    return asContent(isEmpty ? {} : JSON5.parse(withoutLineSeparators(text))) as Content;
  },
  comments(text) {
    const found: string[] = [];
    const onComment = (offset: number, length: number) =>
      found.push(text.slice(offset, offset + length).trimEnd());
    visit(text, { onComment });
    return found;
  },
  ownLineComments(text, path) {
    const root = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
    const member = root && findNodeAtLocation(root, [...path])?.parent;
    const start = member?.offset ?? 0;
    const behind = member ? start + member.length : 0;
    const toComma = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(behind))?.[0] ?? "";
    const end = member ? behind + toComma.length : 0;
    const found: string[] = [];
    const onComment = (offset: number, length: number) => {
      const isInside = start < offset && offset < end;
      if (isFirstOnLine(text, offset) && !isInside) found.push(text.slice(offset, offset + length).trimEnd());
    };
    visit(text, { onComment });
    return found;
  },
  replacesAnything: true,
};

function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim() === "";
}

/** They are line ends to JSON5 and ordinary characters to JSON. */
function withoutLineSeparators(text: string): string {
  return text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function asContent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asContent);
  if (value instanceof Date) return `date ${value.toISOString()}`;
  // Which line breaks a string over several lines holds is up to the reader.
  if (typeof value === "string") return value.replaceAll("\r\n", "\n");
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([name, part]) => [name, asContent(part)]));
}

export function contentAt(content: unknown, path: KeyPath): unknown {
  return path.reduce(
    (value, name) => (value instanceof Map ? (value as Content).get(name) : undefined),
    content,
  );
}

/** The content after the edits, worked out without any text. */
export function edited(content: Content, edits: readonly KeyEdit[]): Content {
  const result = structuredClone(content);
  for (const edit of edits) {
    const name = edit.path.at(-1) ?? "";
    if (edit.kind === "remove") {
      const parent = contentAt(result, edit.path.slice(0, -1));
      if (parent instanceof Map) parent.delete(name);
    } else if (edit.kind === "set") {
      let parent: Content = result;
      for (const step of edit.path.slice(0, -1)) {
        if (!parent.has(step)) parent.set(step, new Map());
        parent = parent.get(step) as Content;
      }
      parent.set(name, edit.value);
    }
  }
  return result;
}

/** A table that is left without a key may stay or go; it is the same to every reader of it. */
export function withoutEmpty(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(withoutEmpty);
  if (!(content instanceof Map)) return content;
  const parts = [...(content as Content)].map(([name, part]) => [name, withoutEmpty(part)] as const);
  return new Map(parts.filter(([, part]) => !(part instanceof Map) || part.size > 0));
}

/** Whether the path leads through, or for our own values to, something that is no place for it. */
export function isConflict({ replacesAnything }: Language, content: Content, path: KeyPath): boolean {
  const steps = path.slice(1).map((_, index) => contentAt(content, path.slice(0, index + 1)));
  if (steps.some((step) => step !== undefined && !(step instanceof Map))) return true;
  const present = contentAt(content, path);
  return !replacesAnything && (present instanceof Map || Array.isArray(present));
}

export function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}
