import { isDeepStrictEqual } from "node:util";
import * as l10n from "@vscode/l10n";
import type { Node } from "jsonc-parser";
import { editInOrder } from "../edits/editInOrder";
import type { KeyEdit, KeyPath, Remarks } from "../edits/keyEdit";
import { applyTextEdits, endOfLineAt } from "../edits/textEdit";
import { editList } from "./editList";
import { insertMember } from "./insertMember";
import { conflict, type JsonOptions, memberOf, memberAt, parseJsonTree } from "./jsonDocument";
import { readJson } from "./readJson";
import { nestedWithRemark } from "./remarks";
import { removeMember } from "./removeMember";
import { type RenderJson, renderNested, renderValue } from "./renderJson";

/**
 * Makes edits one after the other and keeps every byte they are not about.
 * @param text without byte order mark
 * @throws Refusal with line and column: `change/invalid-syntax`, or `change/conflict` where the file
 * holds something else than the path needs
 */
export function editJson(text: string, edits: readonly KeyEdit[], options: JsonOptions): string {
  // Without edits an invalid file must still be refused.
  parseJsonTree(text, options);
  return editInOrder(text, edits, (result, edit) => {
    if (edit.kind === "remove") return remove(result, edit.path, options);
    // A user's own spelling goes back as it was: no digit of a number and no comment in it may get lost.
    const value = edit.kind === "set" ? renderValue(edit.value) : () => edit.raw;
    return set(result, edit.path, value, options, edit.kind === "set" ? undefined : edit);
  });
}

/** @param spelled remarks of a value in the user's own spelling, which stays as it is */
function set(
  text: string,
  path: KeyPath,
  value: RenderJson,
  options: JsonOptions,
  spelled?: Remarks,
): string {
  const remarks = spelled ?? {};
  const root = parseJsonTree(text, options);
  if (!root) return set(withRootObject(text), path, value, options, spelled);
  let object = root;
  for (const [index, name] of path.entries()) {
    if (object.type !== "object") throw notAnObject(text, object, path.slice(0, index));
    const member = memberOf(text, object, name);
    const rest = path.slice(index + 1);
    if (!member && rest.length > 0) {
      return insertMember(text, object, name, renderNested(rest, nestedWithRemark(value, remarks)));
    }
    if (!member) return insertMember(text, object, name, value, remarks);
    if (rest.length === 0) return replace(text, member.value, value(), options, spelled !== undefined);
    object = member.value;
  }
  return text;
}

/** The user's own spelling of the same value stays. */
function replace(text: string, node: Node, raw: string, options: JsonOptions, isSpelled: boolean): string {
  const { offset, length } = node;
  const present = text.slice(offset, offset + length);
  const wanted = readJson(raw, options);
  if (isDeepStrictEqual(readJson(present, options), wanted)) return text;
  const edited =
    !isSpelled && Array.isArray(wanted) && node.type === "array" ? editList(text, node, wanted) : undefined;
  if (edited !== undefined) return edited;
  return applyTextEdits(text, [{ start: offset, end: offset + length, text: raw }]);
}

/** An object below whatever comments the file has. */
function withRootObject(text: string): string {
  const endOfLine = endOfLineAt(text, text.length);
  const separator = text.trim() === "" || text.endsWith("\n") ? "" : endOfLine;
  const before = text.trim() === "" ? "" : text + separator;
  return `${before}{${endOfLine}}${endOfLine}`;
}

function remove(text: string, path: KeyPath, options: JsonOptions): string {
  const root = parseJsonTree(text, options);
  const member = memberAt(text, root, path);
  const object = member && (path.length === 1 ? root : memberAt(text, root, path.slice(0, -1))?.value);
  return member && object ? removeMember(text, object, member) : text;
}

function notAnObject(text: string, node: Node, path: KeyPath) {
  const name = path.length === 0 ? l10n.t("the file") : path.join(".");
  return conflict(
    text,
    node,
    l10n.t('"{0}" holds something else than an object. Make it one or remove it first.', name),
  );
}
