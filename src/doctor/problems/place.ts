import type { KeyPath } from "../../changes/document/edits/keyEdit";
import { isObject } from "../../changes/document/valueAt";
import type { ClientFile } from "../../clients/configFile";
import type { FindingRange } from "../finding";
import type { Problem } from "../problem";

type Place = Pick<Problem, "path" | "range">;

/** Where a key of a file or its value stands; the file alone where the exact place cannot be told. */
export function placeOf({ path, rangeAt }: ClientFile, key: KeyPath, part: "key" | "value"): Place {
  const range = rangeAt(key, part);
  return { path, ...(range && { range }) };
}

/** What no program can read as its configuration: no JSON, TOML or UTF-8, or a list in the place of an object. */
export function isUnreadable({ problem, document }: ClientFile): boolean {
  if (!problem) return !isObject(document);
  return problem.code === "change/invalid-syntax" || problem.code === "change/encoding";
}

/** From where a file stops being readable to the end of that line. */
export function brokenPlace({ path, text, problem }: ClientFile): Place {
  const { line, column = 0 } = problem?.where ?? {};
  if (line === undefined) return { path };
  const endColumn = text.split("\n")[line]?.trimEnd().length ?? 0;
  return { path, range: { line, column, endLine: line, endColumn: Math.max(column, endColumn) } };
}

/** On one line. */
export function isWithin(inner: FindingRange, outer: FindingRange): boolean {
  return (
    inner.line === outer.line &&
    inner.endLine === outer.endLine &&
    inner.column >= outer.column &&
    inner.endColumn <= outer.endColumn
  );
}
