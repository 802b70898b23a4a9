import type { secretsKnowledge } from "../../../../../src/doctor/problems/secrets/words";
import type { ProblemCases } from "../problemCase";

/** Git has to be asked. */
export const secretsProblems = {
  "secrets/file-not-ignored": [{ title: "a credential file in a work tree", ownTest: true, fixable: true }],
  "secrets/key-in-changes": [{ title: "the key in a changed file", ownTest: true, fixable: true }],
  "secrets/key-committed": [{ title: "the key in a commit", ownTest: true }],
} satisfies Record<keyof typeof secretsKnowledge, ProblemCases>;
