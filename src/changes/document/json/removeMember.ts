import type { Node } from "jsonc-parser";
import { itemRemoval } from "../edits/itemRemoval";
import { applyTextEdits, type TextEdit } from "../edits/textEdit";
import { commaAfter, type JsonMember, membersOf } from "./jsonDocument";

/** Takes out a member with its comma and, where it has them for itself, its lines. */
export function removeMember(text: string, object: Node, member: JsonMember): string {
  return applyTextEdits(text, memberRemoval(text, object, member));
}

export function memberRemoval(text: string, object: Node, { node }: JsonMember): TextEdit[] {
  const members = membersOf(object).map((member) => member.node);
  return nodeRemoval(text, members, node);
}

/** @param siblings members of the object or items of the list, the node among them */
export function nodeRemoval(text: string, siblings: readonly Node[], node: Node): TextEdit[] {
  const index = siblings.indexOf(node);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  const end = node.offset + node.length;
  return itemRemoval(text, {
    start: node.offset,
    end,
    commaBehind: commaAfter(text, end),
    commaInFront: previous && commaAfter(text, previous.offset + previous.length),
    next: next?.offset,
  });
}
