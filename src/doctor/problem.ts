import type { ChangePlan } from "../changes/plan";
import type { ClientId } from "../clients/clientId";
import type { Action } from "./action";
import type { FindingRange, Severity } from "./finding";
import { KNOWLEDGE, type ProblemCode } from "./problems/knowledge";
import type { Snapshot } from "./snapshot/snapshot";

/** A finding inside the extension: what the public form cannot carry. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly client?: ClientId;
  /** Replaces the knowledge entry's cause where the case has more to say; localised, without any secret. */
  readonly message?: string;
  /** Replaces the knowledge entry's fix where something else helps; localised, without any secret. */
  readonly advice?: string;
  /** The file it is about. */
  readonly path?: string;
  readonly range?: FindingRange;
  /** What was seen, such as a host name or "HTTP 402"; never a key or a part of one. */
  readonly evidence?: string;
  /** What to write to fix it; goes through preview, backup and journal like every change. */
  readonly fix?: () => ChangePlan;
  /** What helps instead of a fix; the knowledge entry's action when left out. */
  readonly action?: Action;
}

/** Pure: looks at the snapshot only, and says nothing about a healthy set-up of any kind. */
export type Rule = (snapshot: Snapshot) => readonly Problem[];

/** A problem with the severity of its knowledge entry, unless the details say otherwise. */
export function problem(code: ProblemCode, details: Omit<Partial<Problem>, "code"> = {}): Problem {
  return { code, severity: KNOWLEDGE[code].severity, ...details };
}

/** Tells the problems of one snapshot apart, and finds the same one again in a later snapshot. */
export function problemId({ code, client, path }: Pick<Problem, "code" | "client" | "path">): string {
  return [code, client, path].filter((part) => part !== undefined).join(" ");
}
