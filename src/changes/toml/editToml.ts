import { isDeepStrictEqual } from "node:util";
import type { KeyEdit, KeyPath } from "../keyEdit";
import { applyTextEdits } from "../textEdit";
import { valueAt } from "../valueAt";
import { insertKey } from "./insertKey";
import { readToml } from "./readToml";
import { removeKey } from "./removeKey";
import { renderValue } from "./renderToml";
import { conflict, parseTomlDocument, samePath } from "./tomlDocument";

/**
 * Makes edits one after the other and keeps every byte they are not about.
 * @param text without byte order mark
 * @throws Refusal with line and column: `change/invalid-syntax`, or `change/conflict` where the file
 * holds something else than the path needs
 */
export function editToml(text: string, edits: readonly KeyEdit[]): string {
  // Without edits an invalid file must still be refused.
  parseTomlDocument(text);
  return edits.reduce((result, edit) => {
    if (edit.kind === "remove") return removeKey(result, edit.path);
    if (edit.kind === "setRaw") return setKey(result, edit.path, edit.raw);
    refuseTable(result, edit.path);
    return setKey(result, edit.path, renderValue(edit.value));
  }, text);
}

/** Our own values are never tables, so a table in the place of one was meant for something else. */
function refuseTable(text: string, path: KeyPath): void {
  const present = parseTomlDocument(text).entries.find((entry) => samePath(entry.path, path));
  if (present?.node.value.type === "TOMLInlineTable") throw conflict(text, path, present.node.range[0]);
}

function setKey(text: string, path: KeyPath, raw: string): string {
  const document = parseTomlDocument(text);
  const present = document.entries.find((entry) => samePath(entry.path, path));
  if (!present) return insertKey(text, document, path, raw);
  // The user's own spelling of the same value stays.
  const isSame = isDeepStrictEqual(
    valueAt(readToml(text), path),
    valueAt(readToml(`value = ${raw}`), ["value"]),
  );
  const [start, end] = present.node.value.range;
  return isSame ? text : applyTextEdits(text, [{ start, end, text: raw }]);
}
