import { createScanner, type Node } from "jsonc-parser";
import type { Remarks } from "../edits/keyEdit";
import { lineStart, nextLine } from "../edits/textEdit";
import type { JsonMember } from "./jsonDocument";
import { memberRemoval } from "./removeMember";
import type { RenderJson } from "./renderJson";

/** A comment between the members of an object; offsets in UTF-16 code units. */
interface Comment {
  readonly start: number;
  readonly end: number;
}

export function remarksOf(text: string, object: Node, member: JsonMember): Remarks {
  const { node, value } = member;
  const all = commentsIn(text, object, member);
  const removed = memberRemoval(text, object, member);
  const behind = all
    .filter(({ start }) => removed.some((edit) => edit.start <= start && start < edit.end))
    .filter(({ start }) => start < value.offset || value.offset + value.length <= start);
  const line = lineStart(text, node.offset);
  const isFirstOnLine = text.slice(line, node.offset).trim() === "";
  const above = all.find(
    (comment) => isFirstOnLine && hasOwnLines(text, comment) && nextLine(text, comment.end) === line,
  );
  return {
    ...(behind.length > 0 && { behind: inOneLine(behind.map(({ start, end }) => text.slice(start, end))) }),
    ...(above && { above: text.slice(above.start, above.end) }),
  };
}

/** What ends its line comes last. */
function inOneLine(comments: readonly string[]): string {
  const [lines, blocks] = [comments.filter(isLineComment), comments.filter((one) => !isLineComment(one))];
  return [...blocks, ...lines].join(" ");
}

function isLineComment(comment: string): boolean {
  return comment.startsWith("//");
}

/** The comments behind a value that is put at an offset; where more follows on the line, in brackets. */
export function remarkAt(text: string, offset: number, { behind }: Remarks): string {
  if (behind === undefined) return "";
  return text.slice(offset, nextLine(text, offset)).trim() === "" ? ` ${behind}` : ` ${asBlocks(behind)}`;
}

/** The same for a value inside of objects that are not there yet. */
export function nestedWithRemark(value: RenderJson, { behind }: Remarks): RenderJson {
  if (behind === undefined) return value;
  return (layout) => `${value(layout)} ${layout ? behind : asBlocks(behind)}`;
}

function asBlocks(remark: string): string {
  const line = /^((?:\/\*[^]*?\*\/ ?)*)\/\/(.*)$/.exec(remark);
  return line ? `${line[1] ?? ""}/*${(line[2] ?? "").replaceAll("*/", "* /")} */` : remark;
}

/** The comment that a member of this object stood below; undefined where it is gone, or there are two. */
export function commentAbove(text: string, object: Node, remark: string | undefined): Comment | undefined {
  if (remark === undefined) return undefined;
  const [comment, second] = commentsIn(text, object).filter(
    (one) => text.slice(one.start, one.end) === remark && hasOwnLines(text, one),
  );
  return second ? undefined : comment;
}

/** Comments between the members of an object, and of one of them those around its value. */
function commentsIn(text: string, { offset, length, children = [] }: Node, member?: JsonMember): Comment[] {
  const scanner = createScanner(text);
  const found: Comment[] = [];
  scanner.setPosition(offset + 1);
  const skipped = children.map((one) => (one === member?.node ? member.value : one));
  const inside = new Map(skipped.map((node) => [node.offset, node.offset + node.length]));
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    if (start >= offset + length) return found;
    const behind = inside.get(start);
    if (behind !== undefined) scanner.setPosition(behind);
    else if (text[start] === "/") found.push({ start, end: start + scanner.getTokenLength() });
  }
}

function hasOwnLines(text: string, { start, end }: Comment): boolean {
  const before = text.slice(lineStart(text, start), start);
  return before.trim() === "" && text.slice(end, nextLine(text, end)).trim() === "";
}
