import type { KeyPath } from "../../changes/keyEdit";
import type { ClientFile } from "../../clients/clientFile";
import type { Problem } from "../problem";

type Place = Pick<Problem, "path" | "range">;

/** Where a key of a file or its value stands; the file alone where the exact place cannot be told. */
export function placeOf({ path, rangeAt }: ClientFile, key: KeyPath, part: "key" | "value"): Place {
  const range = rangeAt(key, part);
  return { path, ...(range && { range }) };
}

/** From where a file stops being readable to the end of that line. */
export function brokenPlace({ path, text, problem }: ClientFile): Place {
  const { line, column = 0 } = problem?.where ?? {};
  if (line === undefined) return { path };
  const endColumn = text.split("\n")[line]?.trimEnd().length ?? 0;
  return { path, range: { line, column, endLine: line, endColumn: Math.max(column, endColumn) } };
}
