import type { Severity } from "../../../../src/doctor/finding";
import type { ProblemCode } from "../../../../src/doctor/problems/knowledge";
import type { MachineState } from "../machine";

/** A machine on which diagnosis finds exactly this problem. */
export interface MachineCase extends MachineState {
  readonly title: string;
  /** The knowledge entry's when left out. */
  readonly severity?: Severity;
  /** The file that is named, and the text marked in it, which stands there once; "" for the file as a whole. */
  readonly marked?: readonly [file: string, text: string];
  /** Where a file stops being text, 0-based. */
  readonly brokenLine?: number;
  /**
   * What the fix makes of files: a whole text, or what takes the place of what. Left out where no change
   * of files helps. Every file that is not named stays byte for byte.
   */
  readonly fixed?: Readonly<Record<string, string | readonly Replacement[]>>;
  /** Other findings with the same cause. */
  readonly also?: readonly ProblemCode[];
  /** What the fix brings to light. */
  readonly left?: readonly ProblemCode[];
}

export type Replacement = readonly [before: string, after: string];

/** No file tells, only what a client prints. */
export interface TextCase {
  readonly title: string;
  readonly text: string;
  /** A change of files fixes it all the same. */
  readonly fixable?: true;
}

/** A test of its own shows it, because it takes more than files: Git, or what was written before. */
export interface OwnTestCase {
  readonly title: string;
  readonly ownTest: true;
  /** A change of files fixes it. */
  readonly fixable?: true;
}

export type ProblemCase = MachineCase | TextCase | OwnTestCase;

/** Every code has one at least: a table without it does not compile. */
export type ProblemCases = readonly [ProblemCase, ...ProblemCase[]];

export function isMachineCase(each: ProblemCase): each is MachineCase {
  return !("text" in each) && !("ownTest" in each);
}

export function isFixable(each: ProblemCase): boolean {
  return isMachineCase(each) ? each.fixed !== undefined : each.fixable === true;
}
