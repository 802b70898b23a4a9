import type { ChangePlan } from "../changes/changePlan";
import type { ClientId } from "../clients/clientId";
import type { Finding } from "./finding";
import type { Snapshot } from "./snapshot";

/** A finding inside the extension: what the public form cannot carry. */
export interface Problem extends Omit<Finding, "message" | "fixable"> {
  readonly client?: ClientId;
  /** Replaces the knowledge entry's summary where the case has more to say. */
  readonly message?: string;
  /** What to write to mend it; goes through preview, backup and journal like every change. */
  readonly fix?: () => ChangePlan;
}

/** Pure: looks at the snapshot only, and says nothing about a healthy set-up of any kind. */
export type Rule = (snapshot: Snapshot) => readonly Problem[];
