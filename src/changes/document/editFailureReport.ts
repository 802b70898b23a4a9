import { isDeepStrictEqual } from "node:util";
import type { FileFormat } from "../plan";
import type { KeyEdit, KeyPath } from "./edits/keyEdit";
import { valueAt } from "./valueAt";

/** Differences named; one is enough to find an error, a hundred tell no more. */
const MOST_DIFFERENCES = 10;

/**
 * What a person may send to us about an edit that went wrong: sizes, kinds of values, and the names of the
 * keys that we write. No value, and no other name.
 */
export function editFailureReport(
  format: FileFormat,
  before: string,
  after: string,
  edits: readonly KeyEdit[],
  findings: readonly string[],
): string {
  return [
    "change/check-failed",
    `Format: ${format}`,
    `Before: ${describeText(before)}`,
    `After: ${describeText(after)}`,
    ...edits.map((edit) => `Edit: ${edit.kind} ${edit.path.join(".")}${describeValue(edit)}`),
    ...findings.slice(0, MOST_DIFFERENCES).map((finding) => `Found: ${finding}`),
  ].join("\n");
}

function describeText(text: string): string {
  const lineEnds = new Set(Array.from(text.matchAll(/\r?\n/g), ([end]) => (end === "\n" ? "LF" : "CRLF")));
  const lines = text.split("\n").length;
  return `${text.length} characters, ${lines} lines, ${[...lineEnds].join(" and ") || "no line end"}`;
}

function describeValue(edit: KeyEdit): string {
  return edit.kind === "set" ? ` (${kindOf(edit.value)})` : "";
}

/** Where two documents differ (nowhere when they are equal) and what kind of value stands there in each. */
export function describeDifferences(wanted: unknown, found: unknown, edits: readonly KeyEdit[]): string[] {
  return differences(wanted, found, []).map(
    (path) =>
      `${nameOf(path, edits)}: ${kindOf(valueAt(found, path))} instead of ${kindOf(valueAt(wanted, path))}`,
  );
}

function differences(wanted: unknown, found: unknown, path: KeyPath): KeyPath[] {
  if (isDeepStrictEqual(wanted, found)) return [];
  if (kindOf(wanted) !== "object" || kindOf(found) !== "object") return [path];
  const keys = new Set([...Object.keys(wanted as object), ...Object.keys(found as object)]);
  const inner = [...keys].flatMap((key) =>
    differences(valueAt(wanted, [key]), valueAt(found, [key]), [...path, key]),
  );
  // What is no key at all (the moment of a date) differs here.
  return inner.length > 0 ? inner : [path];
}

function nameOf(path: KeyPath, edits: readonly KeyEdit[]): string {
  const isOurs = (depth: number) =>
    edits.some((edit) => isDeepStrictEqual(edit.path.slice(0, depth), path.slice(0, depth)));
  const names = path.map((name, index) => (isOurs(index + 1) ? name : "…"));
  return names.join(".") || "the document";
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
