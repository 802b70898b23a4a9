export type Severity = "error" | "warning" | "information";

/** Something known to be wrong, as the public contract gives it to other programs. Lines and columns are 0-based. */
export interface Finding {
  /** From the knowledge base, e.g. "codex/key-not-sent". */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence, localised, without any secret. */
  readonly message: string;
  readonly path?: string;
  readonly range?: FindingRange;
  /** A change of files fixes it. */
  readonly fixable: boolean;
}

export interface FindingRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
