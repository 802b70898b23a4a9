import type { ChangePlan } from "../changes/plan";
import type { ClientId } from "../clients/clientId";
import type { Action } from "./action";
import type { FindingRange, Severity } from "./finding";
import { KNOWLEDGE, type ProblemCode } from "./problems/knowledge";
import type { Snapshot } from "./snapshot/snapshot";

/**
 * A finding inside the extension, with all that is said of it: who shows it looks nothing up. Texts are localised and
 * without any secret.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly client?: ClientId;
  readonly title: string;
  /** What is wrong here; the same as `cause` where the case has nothing more to say. */
  readonly message: string;
  /** What is wrong in all such cases. */
  readonly cause: string;
  /** What helps, where no change of files does. */
  readonly help: string;
  /** The file it is about. */
  readonly path?: string;
  readonly range?: FindingRange;
  /** What tells it from others of the file that are wrong in the same way: a dotted key or table, never its line: that changes with what is written above. */
  readonly at?: string;
  /** What was seen, such as a host name or "HTTP 402"; never a key or a part of one. */
  readonly evidence?: string;
  /** What to write to fix it; goes through preview, backup and journal like every change. */
  readonly fix?: () => ChangePlan;
  /** Never part of Fix All: it acts for Git, makes what is only a proposal, or takes a key away that the user chose. */
  readonly apart?: true;
  /** What to offer instead of a fix. */
  readonly action?: Action;
}

/** Pure: looks at the snapshot only, and says nothing about a healthy set-up of any kind. */
export type Rule = (snapshot: Snapshot) => readonly Problem[];

/** A problem as its knowledge entry tells it, unless the details say otherwise. */
export function problem(code: ProblemCode, details: Omit<Partial<Problem>, "code"> = {}): Problem {
  const { severity, title, cause, fix, action } = KNOWLEDGE[code];
  const words = { title: title(), message: cause(), cause: cause(), help: fix() };
  return { code, severity, ...words, ...(action && { action }), ...details };
}

/** Tells the problems of one snapshot apart, and finds the same one again in a later snapshot. */
export function problemId({
  code,
  client,
  path,
  at,
}: Pick<Problem, "code" | "client" | "path"> & { readonly at?: string | undefined }): string {
  return [code, client, path, at].filter((part) => part !== undefined).join(" ");
}

/** What tells places apart that have only the same text: that, and which of them it is. */
export function numbered(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return `${times} ${text}`;
  });
}
