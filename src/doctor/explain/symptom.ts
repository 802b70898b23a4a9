import type { ProblemCode } from "../problems/knowledge";

/** Words by which an error of Codex, of OpenCode or of the gateway is known. */
export interface Symptom {
  /**
   * Matched against one line without its decoration (errorLines.ts). The text is a stranger's: every
   * quantifier has an upper bound, so that no text makes a match slow. Programs that fill the screen cut
   * lines, so a pattern holds the beginning of a message, and more only where that tells two apart.
   */
  readonly pattern: RegExp;
  readonly meaning: Meaning;
}

/** Says more of a case than its code does. */
export interface Words {
  readonly cause: () => string;
  readonly fix: () => string;
}

export interface Meaning {
  /** What the words can mean, the most likely first. */
  readonly codes: readonly [ProblemCode, ...ProblemCode[]];
  /** Other causes of the same words, worth naming only where the doctor finds them on this machine. */
  readonly ifFound?: readonly ProblemCode[];
  /** Of the first code, where these words tell which of its causes it is. */
  readonly words?: Words;
}

export function symptom(
  pattern: RegExp,
  codes: Meaning["codes"][number] | Meaning["codes"],
  ifFound: readonly ProblemCode[] = [],
  words?: Words,
): Symptom {
  const meaning = { codes: typeof codes === "string" ? ([codes] as const) : codes, ifFound };
  return { pattern, meaning: { ...meaning, ...(words && { words }) } };
}
