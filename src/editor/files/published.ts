import { isTheft } from "../../doctor/diagnose";
import type { Problem } from "../../doctor/problem";

const isSecret = ({ code }: Problem) => code.startsWith("secrets/");

/** What is shown of a look, and of which files. */
export interface Published {
  readonly problems: readonly Problem[];
  /** Absolute paths. */
  readonly files: readonly string[];
}

/**
 * What sends the key away, or is about to hand it to Git, is shown whether anybody opens its file or not, and whether
 * anybody wants marks or not: no setting of taste keeps a theft quiet, and the guard has a setting of its own.
 * @param open absolute paths of the clients' files that are open
 * @param marksWanted the setting `tokenpool.diagnostics.enabled`
 */
export function published(
  found: readonly Problem[],
  open: readonly string[],
  marksWanted: boolean,
): Published {
  const urgent = found.filter((each) => isTheft(each) || isSecret(each));
  const files = urgent.flatMap(({ path }) => (path === undefined ? [] : [path]));
  return marksWanted
    ? { problems: found, files: [...new Set([...open, ...files])] }
    : { problems: urgent, files: [...new Set(files)] };
}
