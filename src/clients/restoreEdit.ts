import type { KeyEdit, KeyPath } from "../changes/document/edits/keyEdit";
import { valueAt } from "../changes/document/valueAt";
import type { OriginalValues } from "./client";
import type { ClientFile } from "./configFile";

/** The edit that gives a key its value from before our change; undefined where the present value is not ours. */
export function restoreEdit(file: ClientFile, path: KeyPath, originals: OriginalValues): KeyEdit | undefined {
  const current = valueAt(file.document, path);
  const original = current === undefined ? undefined : originals(file, path, current);
  if (original === undefined) return undefined;
  return original === "absent" ? { kind: "remove", path } : { ...original, kind: "setRaw", path };
}
