import { editInOrder } from "../editInOrder";
import type { KeyEdit, KeyPath } from "../keyEdit";
import { applyTextEdits } from "../textEdit";
import { insertKey } from "./insertKey";
import { removeKey } from "./removeKey";
import { isSpellingOf, renderValue } from "./renderToml";
import { conflict, parseTomlDocument, samePath, type TomlEntry } from "./tomlDocument";

/**
 * Makes edits one after the other and keeps every byte they are not about.
 * @param text without byte order mark
 * @throws Refusal with line and column: `change/invalid-syntax`, or `change/conflict` where the file
 * holds something else than the path needs
 */
export function editToml(text: string, edits: readonly KeyEdit[]): string {
  // Without edits an invalid file must still be refused.
  if (edits.length === 0) parseTomlDocument(text);
  return editInOrder(text, edits, (result, edit) =>
    edit.kind === "remove" ? removeKey(result, edit.path) : setKey(result, edit),
  );
}

function setKey(text: string, edit: Exclude<KeyEdit, { kind: "remove" }>): string {
  const document = parseTomlDocument(text);
  const present = document.entries.find((entry) => samePath(entry.path, edit.path));
  const raw = edit.kind === "set" ? renderValue(edit.value) : edit.raw;
  if (!present) return insertKey(text, document, edit.path, raw);
  const [start, end] = present.node.value.range;
  if (edit.kind === "set") {
    refuseOtherKind(text, present, edit.path);
    // The user's own spelling of the same value stays.
    if (isSpellingOf(text.slice(start, end), edit.value)) return text;
  }
  return applyTextEdits(text, [{ start, end, text: raw }]);
}

/** Our own values are scalars, so an array or a table in the place of one was meant for something else. */
function refuseOtherKind(text: string, { node }: TomlEntry, path: KeyPath): void {
  if (node.value.type === "TOMLInlineTable" || node.value.type === "TOMLArray") {
    throw conflict(text, path, node.range[0]);
  }
}
