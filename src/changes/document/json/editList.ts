import { isDeepStrictEqual } from "node:util";
import { getNodeValue, type Node } from "jsonc-parser";
import { applyTextEdits, endOfLineAt, indentationAt, lineStart, type TextEdit } from "../edits/textEdit";
import { endOfRemark } from "./insertMember";
import { commaAfter } from "./jsonDocument";
import { nodeRemoval } from "./removeMember";

/**
 * Takes items out of a list and adds others behind the last one; lines, order and comments of all that stay are kept.
 * @returns undefined where the new list is no such change of the present one
 */
export function editList(text: string, list: Node, wanted: readonly unknown[]): string | undefined {
  const items = list.children ?? [];
  const values = items.map((item): unknown => getNodeValue(item));
  const isKept = values.map((value) => wanted.some((each) => isDeepStrictEqual(each, value)));
  const kept = values.filter((_, index) => isKept[index]);
  const added = wanted.slice(kept.length);
  // An empty list has no layout to follow.
  if (kept.length === 0 || !isDeepStrictEqual(kept, wanted.slice(0, kept.length))) return undefined;
  const removals = items.flatMap((item, index) => (isKept[index] ? [] : nodeRemoval(text, items, item)));
  const last = items[isKept.lastIndexOf(true)];
  // Both at the end of the list would be about the same comma.
  if (!last || (removals.length > 0 && added.length > 0)) return undefined;
  return applyTextEdits(text, [...removals, ...additionsBehind(text, last, added)]);
}

function additionsBehind(text: string, last: Node, added: readonly unknown[]): TextEdit[] {
  if (added.length === 0) return [];
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const start = comma === undefined ? end : comma + 1;
  const isAlone = text.slice(lineStart(text, last.offset), last.offset).trim() === "";
  const separator = isAlone ? endOfLineAt(text, last.offset) + indentationAt(text, last.offset) : " ";
  const items = added.map((value) => separator + JSON.stringify(value)).join(",");
  // The remark behind an item stays with it; a comma behind the last one stays the file's way.
  const place = isAlone ? endOfRemark(text, start) : start;
  return [
    ...(comma === undefined ? [{ start: end, end, text: "," }] : []),
    { start: place, end: place, text: comma === undefined ? items : `${items},` },
  ];
}
