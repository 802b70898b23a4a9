import type { KeyEdit, KeyPath } from "./keyEdit";
import { valueAt } from "./valueAt";

/**
 * Removes keys of a document, and with them the objects that would be left without any member.
 * @param isKept tells which objects stay even when they are empty
 */
export function removalsWithEmptyParents(
  document: unknown,
  paths: readonly KeyPath[],
  isKept: (path: KeyPath) => boolean = () => false,
): KeyEdit[] {
  const removed = new Map(paths.map((path) => [JSON.stringify(path), path]));
  for (const path of removed.values()) {
    const parent = path.slice(0, -1);
    const members = Object.keys(valueAt(document, parent) ?? {}).map((name) =>
      JSON.stringify([...parent, name]),
    );
    if (parent.length === 0 || isKept(parent) || !members.every((member) => removed.has(member))) continue;
    for (const member of members) removed.delete(member);
    removed.set(JSON.stringify(parent), parent);
  }
  return [...removed.values()].map((path) => ({ kind: "remove", path }));
}
