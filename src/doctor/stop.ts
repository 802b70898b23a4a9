import { isSamePlace } from "../changes/spelling";
import type { FindingRange } from "./finding";
import type { Problem } from "./problem";

/** Where a client stops reading its configuration, by its own word. */
export type Stop = Pick<Problem, "client" | "path" | "range">;

/** A client's own word that it does not start. */
export function isOwnWord({ code }: Problem): boolean {
  return code.endsWith("/does-not-start");
}

/**
 * What a rule knows of the place where the client stops. Of a file that is missing a client may name no place; which
 * other of its problems it means cannot be told then.
 */
export function isCauseOf(found: Problem, stop: Stop): boolean {
  const { code, client, severity, path, range } = found;
  if (isOwnWord(found) || severity !== "error" || client !== stop.client) return false;
  if (path === undefined || stop.path === undefined || !isSamePlace(path, stop.path)) return false;
  if (!stop.range) return code === "client/missing-file" || code === "opencode/file-placeholder-missing";
  return range !== undefined && starts(range, stop.range) && starts(stop.range, range);
}

/** This is what there is to say of that stop. */
export function tellsOf(found: Problem, stop: Stop): boolean {
  return isOwnWord(found) ? found.client === stop.client : isCauseOf(found, stop);
}

/** One begins before the other ends, or there: a place may have no width, such as where a value is missing. */
function starts(one: FindingRange, other: FindingRange): boolean {
  return one.line < other.endLine || (one.line === other.endLine && one.column <= other.endColumn);
}
