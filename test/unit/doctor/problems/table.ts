import type { ProblemCode } from "../../../../src/doctor/problems/knowledge";
import { accountProblems } from "./account/cases";
import { clientProblems } from "./client/cases";
import { codexConfigProblems } from "./codex/config/cases";
import { codexCredentialProblems } from "./codex/credentials/cases";
import { codexUseProblems } from "./codex/use/cases";
import { endpointProblems } from "./endpoint/cases";
import { keyProblems } from "./key/cases";
import { networkProblems } from "./network/cases";
import { opencodeProblems } from "./opencode/cases";
import type { ProblemCases } from "./problemCase";
import { secretsProblems } from "./secrets/cases";

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
