import * as l10n from "@vscode/l10n";
import {
  createScanner,
  type Node,
  type ParseError,
  type ParseOptions,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { refuseDeepNesting, refuseDeepTree } from "../deepNesting";
import type { KeyPath } from "../edits/keyEdit";
import { refuseLargeText } from "../largeText";
import { Refusal } from "../../refusal";
import { positionAt } from "../edits/textEdit";

export interface JsonOptions {
  /** JSONC: comments and trailing commas. */
  readonly allowComments: boolean;
}

/** A member of an object, as the parser's tree has it. */
export interface JsonMember {
  readonly node: Node;
  readonly key: Node;
  readonly value: Node;
}

/**
 * The tree of a text; undefined for one without any value (empty, or comments only).
 * @throws Refusal `change/invalid-syntax` with the place of the first error, or `change/too-large`
 */
export function parseJsonTree(text: string, { allowComments }: JsonOptions): Node | undefined {
  refuseLargeText(text);
  const errors: ParseError[] = [];
  const options: ParseOptions = {
    disallowComments: !allowComments,
    allowTrailingComma: allowComments,
    allowEmptyContent: true,
  };
  const root = refuseDeepNesting(() => parseTree(text, errors, options));
  const [error] = errors;
  if (!error) {
    if (root) refuseDeepTree(root, childrenOf);
    return root;
  }
  const message = l10n.t(
    "The file is not valid JSON ({0}). Correct it first.",
    printParseErrorCode(error.error),
  );
  throw new Refusal("change/invalid-syntax", message, positionAt(text, error.offset));
}

/** Objects and lists one level deeper; a member is part of its object. */
function childrenOf(node: Node): readonly Node[] {
  const values = node.type === "object" ? membersOf(node).map(({ value }) => value) : (node.children ?? []);
  return values.filter(({ children }) => children);
}

export function membersOf(node: Node): JsonMember[] {
  return (node.children ?? []).flatMap((member) => {
    const [key, value] = member.children ?? [];
    return key && value ? [{ node: member, key, value }] : [];
  });
}

/**
 * The member with this name.
 * @throws Refusal `change/conflict` when there are two: programs differ in which one counts
 */
export function memberOf(text: string, object: Node, name: string): JsonMember | undefined {
  const [member, second] = membersOf(object).filter(({ key }) => key.value === name);
  if (second) {
    throw conflict(text, second.node, l10n.t('"{0}" is in the file twice. Remove one of them.', name));
  }
  return member;
}

export function conflict(text: string, node: Node, message: string): Refusal {
  return new Refusal("change/conflict", message, positionAt(text, node.offset));
}

/** The member at a path; undefined when any step is missing or no object. */
export function memberAt(text: string, root: Node | undefined, path: KeyPath): JsonMember | undefined {
  let object = root;
  let member: JsonMember | undefined;
  for (const name of path) {
    if (object?.type !== "object") return undefined;
    member = memberOf(text, object, name);
    object = member?.value;
  }
  return member;
}

/** Offset of the comma behind a member, past blanks and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return text[scanner.getTokenOffset()] === "," ? scanner.getTokenOffset() : undefined;
}
