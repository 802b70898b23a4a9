import type { Action } from "../action";
import type { Severity } from "../finding";

/** What a person is told about a code. Functions, because the language is known only after activation. */
export interface KnowledgeEntry {
  readonly severity: Severity;
  readonly title: () => string;
  /** One sentence. */
  readonly cause: () => string;
  /** What to do, where no button does it. */
  readonly fix: () => string;
  /** What the change of files does that fixes it, by which it is named: in a few words, without a full stop. */
  readonly does?: () => string;
  /** The button where no change of a file helps. */
  readonly action?: Action;
}
