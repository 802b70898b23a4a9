import type { KeyEdit, KeyPath } from "./keyEdit";
import { namesAt, valueAt } from "../valueAt";

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
  /** Members that an object would keep. Counted, because looking through all of them for each takes long. */
  const left = new Map<string, number>();
  for (const path of removed.values()) {
    const parent = path.slice(0, -1);
    if (parent.length === 0 || isKept(parent) || valueAt(document, path) === undefined) continue;
    const name = JSON.stringify(parent);
    const count = (left.get(name) ?? namesAt(document, parent).length) - 1;
    left.set(name, count);
    if (count > 0) continue;
    for (const member of namesAt(document, parent)) removed.delete(JSON.stringify([...parent, member]));
    removed.set(name, parent);
  }
  return [...removed.values()].map((path) => ({ kind: "remove", path }));
}
