import * as l10n from "@vscode/l10n";
import { Refusal } from "../refusal";

/** No program's configuration needs more levels, and what walks over a document calls itself for each. */
const DEEPEST = 200;

/** Runs a reader that calls itself for every level of a document, and refuses one too deep for the stack. */
export function refuseDeepNesting<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep();
  }
}

/**
 * Refuses a document with so many levels that whoever walks over it later would run out of stack.
 * @param childrenOf what is one level deeper; only what has a level of its own counts
 */
export function refuseDeepTree<Node>(root: Node, childrenOf: (node: Node) => readonly Node[]): void {
  let level: readonly Node[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw tooDeep();
    level = level.flatMap(childrenOf);
  }
}

/** The same for one path, which a text can spell in one line with dots. */
export function refuseDeepPath<Path extends readonly unknown[]>(path: Path): Path {
  if (path.length > DEEPEST) throw tooDeep();
  return path;
}

function tooDeep(): Refusal {
  return new Refusal("change/invalid-syntax", l10n.t("The file is nested too deeply. Is it the right file?"));
}
