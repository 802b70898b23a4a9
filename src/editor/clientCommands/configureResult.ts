import type { ClientId } from "../../clients/clientId";
import type { Finding } from "../../doctor/finding";

/** What a command that changes files answers: plain JSON, never with the key. Lines and columns are 0-based. */
export interface ConfigureResult {
  /** Absent for fixes that belong to no client. */
  readonly client?: ClientId;
  readonly outcome: "applied" | "unchanged" | "cancelled" | "refused";
  readonly files: readonly FileResult[];
  readonly refusal?: RefusalResult;
  /** What still stands in the way after the change. */
  readonly findings: readonly Finding[];
}

export interface FileResult {
  readonly path: string;
  readonly change: "created" | "updated" | "unchanged" | "deleted";
  readonly backup?: string;
}

export interface RefusalResult {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  /** For a report to us, where the error may be ours; without any secret. */
  readonly report?: string;
}
