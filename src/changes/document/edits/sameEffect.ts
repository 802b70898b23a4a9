import { isDeepStrictEqual } from "node:util";
import { documentIn } from "../readDocument";
import type { FileFormat } from "../../plan";
import { isObject } from "../valueAt";

/** A file's content before and after a change; undefined: no file. */
export interface Effect {
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/**
 * Is what a change does now what was shown of it, although others wrote the file meanwhile? Every key that it touches
 * had the value that was shown, or has the new one already, and ends with the one that was shown. What stands
 * elsewhere, in whatever layout, does not matter.
 * @param format left out: the file has no keys, and somebody wrote all that was shown of it
 */
export function isSameEffect(format: FileFormat | undefined, now: Effect, shown: Effect): boolean {
  const sides = [now.before, now.after, shown.before, shown.after].map((side) => valuesIn(format, side));
  const [before, after, shownBefore, shownAfter] = sides;
  if (!before || !after || !shownBefore || !shownAfter) return false;
  return [...new Set(sides.flatMap((side) => [...(side?.keys() ?? [])]))].every((key) => {
    const isTouched = !isDeepStrictEqual(before.get(key), after.get(key));
    if (!isTouched && isDeepStrictEqual(shownBefore.get(key), shownAfter.get(key))) return true;
    return (
      isDeepStrictEqual(after.get(key), shownAfter.get(key)) &&
      (!isTouched || isDeepStrictEqual(before.get(key), shownBefore.get(key)))
    );
  });
}

/** Every value that is no table, by its path; undefined where the file cannot be read. */
function valuesIn(format?: FileFormat, bytes?: Uint8Array): Map<string, unknown> | undefined {
  const document = format && (bytes ? documentIn(format, bytes) : {});
  if (document === undefined) return undefined;
  const values = new Map<string, unknown>();
  const collect = (value: unknown, path: readonly string[]): void => {
    if (!isObject(value) || value instanceof Date) values.set(JSON.stringify(path), value);
    else for (const [name, part] of Object.entries(value)) collect(part, [...path, name]);
  };
  collect(document, []);
  return values;
}
