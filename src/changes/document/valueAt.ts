import type { KeyPath } from "./edits/keyEdit";

/** The value at a path of a parsed document; `undefined` when any step is missing or no object. */
export function valueAt(document: unknown, path: KeyPath): unknown {
  let value = document;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Names of the members at a path; none where something else than an object stands there, however long. */
export function namesAt(document: unknown, path: KeyPath): string[] {
  const value = valueAt(document, path);
  return isObject(value) ? Object.keys(value) : [];
}

/** An object with members: what a list has are no names that anybody could have written. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
