import type { clientKnowledge } from "../../../../src/doctor/problems/client/words";
import type { secretsKnowledge } from "../../../../src/doctor/problems/secrets/words";
import { CODEX_FILES, OPENCODE_FILES } from "../machine";
import type { ProblemCases } from "./problemCase";

const NOBODY = { codex: [], opencode: [] };

export const clientProblems = {
  "client/not-installed": [
    { title: "Codex", files: CODEX_FILES, versions: NOBODY },
    { title: "OpenCode", files: OPENCODE_FILES, versions: NOBODY },
  ],
} satisfies Record<keyof typeof clientKnowledge, ProblemCases>;

/** Git has to be asked. */
export const secretsProblems = {
  "secrets/file-not-ignored": [{ title: "a credential file in a work tree", ownTest: true, fixable: true }],
  "secrets/key-in-changes": [{ title: "the key in a changed file", ownTest: true, fixable: true }],
  "secrets/key-committed": [{ title: "the key in a commit", ownTest: true }],
} satisfies Record<keyof typeof secretsKnowledge, ProblemCases>;
