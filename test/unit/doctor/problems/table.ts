import type { ProblemCode } from "../../../../src/doctor/problems/knowledge";
import { accountProblems } from "./account";
import { codexConfigProblems } from "./codexConfig";
import { codexCredentialProblems } from "./codexCredentials";
import { codexUseProblems } from "./codexUse";
import { endpointProblems } from "./endpoint";
import { keyProblems } from "./key";
import { networkProblems } from "./network";
import { opencodeProblems } from "./opencode";
import { clientProblems, secretsProblems } from "./others";
import type { ProblemCases } from "./problemCase";

/** What shows each code. A code without a case does not compile. */
export const PROBLEM_CASES: Readonly<Record<ProblemCode, ProblemCases>> = {
  ...keyProblems,
  ...endpointProblems,
  ...networkProblems,
  ...accountProblems,
  ...codexCredentialProblems,
  ...codexConfigProblems,
  ...codexUseProblems,
  ...opencodeProblems,
  ...secretsProblems,
  ...clientProblems,
};
