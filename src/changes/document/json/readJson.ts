import type { Node } from "jsonc-parser";
import type { KeyPath, Remarks } from "../edits/keyEdit";
import { rangesOf, type TextRange } from "../edits/textEdit";
import type { FindRange } from "../toml/readToml";
import { type JsonMember, type JsonOptions, membersOf, parseJsonTree } from "./jsonDocument";
import { remarksOf } from "./remarks";

/** A text that was read once, for its values and for where they stand. */
export interface ParsedJson {
  /** An object without members for a text without any value. */
  readonly document: unknown;
  /** Of two members with one name the last counts, as in the programs that accept such a file. */
  readonly rangeAt: FindRange;
  /** A value with the comments around it, exactly as they are spelled. */
  readonly rawValueAt: (path: KeyPath) => ({ readonly raw: string } & Remarks) | undefined;
  /** Members whose name stands in the same object before. */
  readonly doubled: () => readonly DoubledName[];
}

/** A name that an object has already when it comes again. */
export interface DoubledName {
  readonly path: KeyPath;
  /** Of the name that comes last. */
  readonly range: TextRange;
}

/** @throws Refusal `change/invalid-syntax` */
export function parseJson(text: string, options: JsonOptions): ParsedJson {
  const root = parseJsonTree(text, options);
  const rangeOf = rangesOf(text);
  const members = memberIndex();
  const memberAt = (path: KeyPath) => {
    let node = root;
    let member: JsonMember | undefined;
    for (const name of path) {
      member = node?.type === "object" ? members(node).get(name) : undefined;
      node = member?.value;
    }
    return member;
  };
  return {
    document: root ? valueOf(root) : {},
    rangeAt: (path, part) => {
      const node = memberAt(path)?.[part];
      return node && rangeOf(extentOf(node));
    },
    rawValueAt: (path) => {
      const member = memberAt(path);
      const object = path.length > 1 ? memberAt(path.slice(0, -1))?.value : root;
      if (!member || !object) return undefined;
      return { raw: text.slice(...extentOf(member.value)), ...remarksOf(text, object, member) };
    },
    doubled: () =>
      (root ? doubledIn(root) : []).map(({ path, key }) => ({ path, range: rangeOf(extentOf(key)) })),
  };
}

/** The value of a text; an empty object for one without any. @throws Refusal `change/invalid-syntax` */
export function readJson(text: string, options: JsonOptions): unknown {
  const root = parseJsonTree(text, options);
  return root ? valueOf(root) : {};
}

/** Built from the tree, because the parser's own objects would take a member `__proto__` for their prototype. */
function valueOf(node: Node): unknown {
  if (node.type === "object") {
    return Object.fromEntries(membersOf(node).map(({ key, value }) => [key.value as string, valueOf(value)]));
  }
  return node.type === "array" ? (node.children ?? []).map(valueOf) : (node.value as unknown);
}

/** The members of each object by their names, listed when the object is first asked for one. */
function memberIndex(): (object: Node) => ReadonlyMap<string, JsonMember> {
  const known = new Map<Node, ReadonlyMap<string, JsonMember>>();
  return (object) => {
    const index =
      known.get(object) ??
      new Map(membersOf(object).map((member) => [member.key.value as string, member] as const));
    known.set(object, index);
    return index;
  };
}

function doubledIn(node: Node, path: KeyPath = []): { path: KeyPath; key: Node }[] {
  // Elements of a list have no path of their own, and nothing of ours is in one.
  if (node.type !== "object") return [];
  const last = new Map<string, Node>();
  const doubled = new Set<string>();
  const members = membersOf(node);
  for (const { key } of members) {
    const name = key.value as string;
    if (last.has(name)) doubled.add(name);
    last.set(name, key);
  }
  return [
    ...[...doubled].flatMap((name) => {
      const key = last.get(name);
      return key ? [{ path: [...path, name], key }] : [];
    }),
    ...members.flatMap(({ key, value }) => doubledIn(value, [...path, key.value as string])),
  ];
}

function extentOf({ offset, length }: Node): [start: number, end: number] {
  return [offset, offset + length];
}
