import { isTheft } from "../../doctor/diagnose";
import type { Problem } from "../../doctor/problem";

/** What is shown of a look, and of which files. */
export interface Published {
  readonly problems: readonly Problem[];
  /** Absolute paths. */
  readonly files: readonly string[];
}

/**
 * What sends the key away is shown whether anybody opens its file or not, and whether anybody wants marks
 * or not: no setting of taste keeps a theft quiet.
 * @param open absolute paths of the clients' files that are open
 * @param marksWanted the setting `tokenpool.diagnostics.enabled`
 */
export function published(
  found: readonly Problem[],
  open: readonly string[],
  marksWanted: boolean,
): Published {
  const thefts = found.filter(isTheft);
  const thieves = thefts.flatMap(({ path }) => (path === undefined ? [] : [path]));
  return marksWanted
    ? { problems: found, files: [...new Set([...open, ...thieves])] }
    : { problems: thefts, files: [...new Set(thieves)] };
}
