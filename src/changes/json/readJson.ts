import type { Node } from "jsonc-parser";
import { refuseDeepNesting } from "../deepNesting";
import type { KeyPath } from "../keyEdit";
import { rangeOf, type TextRange } from "../textEdit";
import { type JsonOptions, membersOf, memberAt, parseJsonTree } from "./jsonDocument";

const LENIENT: JsonOptions = { allowComments: true };

/** The value of a text; an empty object for one without any. @throws Refusal `change/invalid-syntax` */
export function readJson(text: string, options: JsonOptions): unknown {
  const root = parseJsonTree(text, options);
  return root ? refuseDeepNesting(() => valueOf(root)) : {};
}

/** Built from the tree, because the parser's own objects would take a member `__proto__` for their prototype. */
function valueOf(node: Node): unknown {
  if (node.type === "object") {
    return Object.fromEntries(membersOf(node).map(({ key, value }) => [key.value as string, valueOf(value)]));
  }
  return node.type === "array" ? (node.children ?? []).map(valueOf) : (node.value as unknown);
}

/** A value exactly as it is spelled; undefined when it is not there. */
export function rawValueAt(text: string, path: KeyPath): string | undefined {
  const value = memberAt(text, parseJsonTree(text, LENIENT), path)?.value;
  return value && text.slice(value.offset, value.offset + value.length);
}

/** Where a key or its value stands; undefined when it is not there. */
export function rangeAt(text: string, path: KeyPath, part: "key" | "value"): TextRange | undefined {
  const node = memberAt(text, parseJsonTree(text, LENIENT), path)?.[part];
  return node && rangeOf(text, [node.offset, node.offset + node.length]);
}
