import { editInOrder } from "../edits/editInOrder";
import { samePath, type KeyEdit, type KeyPath } from "../edits/keyEdit";
import { applyTextEdits, type TextEdit } from "../edits/textEdit";
import { insertKeys, type NewKey } from "./insertKeys";
import { removeKey } from "./removeKey";
import { isSpellingOf, renderValue } from "./renderToml";
import { conflict, parseTomlDocument, type TomlEntry } from "./tomlDocument";

type SetEdit = Exclude<KeyEdit, { kind: "remove" }>;

/**
 * Makes edits one after the other and keeps every byte they are not about.
 * @param text without byte order mark
 * @throws Refusal with line and column: `change/invalid-syntax`, or `change/conflict` where the file
 * holds something else than the path needs
 */
export function editToml(text: string, edits: readonly KeyEdit[]): string {
  // Without edits an invalid file must still be refused.
  if (edits.length === 0) parseTomlDocument(text);
  return editInOrder(text, neighboursTogether(edits), setOrRemove);
}

/** Parsing takes nearly all of the time, so keys of one table that follow each other are set at once. */
function neighboursTogether(edits: readonly KeyEdit[]): KeyEdit[][] {
  const groups: KeyEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    if (group?.every((other) => canBeSetTogether(other, edit))) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function canBeSetTogether(a: KeyEdit, b: KeyEdit): boolean {
  const sameTable = samePath(a.path.slice(0, -1), b.path.slice(0, -1));
  return a.kind !== "remove" && b.kind !== "remove" && sameTable && !samePath(a.path, b.path);
}

/** @param group a removal, or sets of different keys of one table */
function setOrRemove(text: string, group: readonly KeyEdit[]): string {
  const [first] = group;
  if (first?.kind === "remove") return removeKey(text, first.path);
  return setKeys(
    text,
    group.filter((edit) => edit.kind !== "remove"),
  );
}

function setKeys(text: string, edits: readonly SetEdit[]): string {
  const document = parseTomlDocument(text);
  const replaced: TextEdit[] = [];
  const missing: NewKey[] = [];
  for (const edit of edits) {
    const present = document.entries.find((entry) => samePath(entry.path, edit.path));
    if (present) replaced.push(...replaceValue(text, present, edit));
    else missing.push({ ...edit, raw: rawOf(edit) });
  }
  const [first, ...others] = missing;
  const inserted = first ? insertKeys(text, document, [first, ...others]) : [];
  return applyTextEdits(text, [...replaced, ...inserted]);
}

function replaceValue(text: string, present: TomlEntry, edit: SetEdit): TextEdit[] {
  const [start, end] = present.node.value.range;
  const raw = rawOf(edit);
  if (edit.kind === "set") {
    refuseOtherKind(text, present, edit.path);
    // The user's own spelling of the same value stays.
    if (isSpellingOf(text.slice(start, end), edit.value)) return [];
  }
  return [{ start, end, text: raw }];
}

function rawOf(edit: SetEdit): string {
  return edit.kind === "set" ? renderValue(edit.value) : edit.raw;
}

/** Our own values are scalars, so an array or a table in the place of one was meant for something else. */
function refuseOtherKind(text: string, { node }: TomlEntry, path: KeyPath): void {
  if (node.value.type === "TOMLInlineTable" || node.value.type === "TOMLArray") {
    throw conflict(text, path, node.range[0]);
  }
}
