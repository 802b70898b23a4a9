import type { Node } from "jsonc-parser";
import { applyTextEdits, lineStart, nextLine } from "../textEdit";
import { commaAfter } from "./insertMember";
import { type JsonMember, membersOf } from "./jsonDocument";

/** Takes out a member with its comma and, where it has them for itself, its lines. */
export function removeMember(text: string, object: Node, { node }: JsonMember): string {
  const members = membersOf(object).map((member) => member.node);
  const index = members.indexOf(node);
  const [previous, next] = [members[index - 1], members[index + 1]];
  const end = node.offset + node.length;
  const comma = commaAfter(text, end);
  const firstLine = lineStart(text, node.offset);
  const afterLines = nextLine(text, comma === undefined ? end : comma + 1);
  const rest = text.slice(comma === undefined ? end : comma + 1, afterLines);
  const edits = [];
  // The comma before the last member would be left over.
  const dangling =
    !next && comma === undefined && previous
      ? commaAfter(text, previous.offset + previous.length)
      : undefined;
  if (dangling !== undefined) edits.push({ start: dangling, end: dangling + 1, text: "" });
  if (text.slice(firstLine, node.offset).trim() === "" && isRemarkOnly(rest) && firstLine > object.offset) {
    edits.push({ start: firstLine, end: afterLines, text: "" });
  } else {
    const start = previous && !next ? afterBlanks(text, dangling, node.offset) : node.offset;
    edits.push({ start, end: next ? next.offset : comma === undefined ? end : comma + 1, text: "" });
  }
  return applyTextEdits(text, edits);
}

/** Blanks between the comma before and the member go with it; anything else, a comment, stays. */
function afterBlanks(text: string, comma: number | undefined, offset: number): number {
  const start = comma === undefined ? offset : comma + 1;
  return text.slice(start, offset).trim() === "" ? start : offset;
}

function isRemarkOnly(text: string): boolean {
  return /^[ \t]*(?:\/\/[^\n]*)?\r?\n?$/.test(text);
}
