import type { KeyEdit, KeyPath } from "../../changes/keyEdit";
import { valueAt } from "../../changes/valueAt";

/** Removes keys of a document, and with them the objects that would be left without any member. */
export function removalsWithEmptyParents(document: unknown, paths: readonly KeyPath[]): KeyEdit[] {
  const removed = new Map(paths.map((path) => [JSON.stringify(path), path]));
  for (const path of removed.values()) {
    const parent = path.slice(0, -1);
    const members = Object.keys(valueAt(document, parent) ?? {}).map((name) =>
      JSON.stringify([...parent, name]),
    );
    if (parent.length === 0 || !members.every((member) => removed.has(member))) continue;
    for (const member of members) removed.delete(member);
    removed.set(JSON.stringify(parent), parent);
  }
  return [...removed.values()].map((path) => ({ kind: "remove", path }));
}
