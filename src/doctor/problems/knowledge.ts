import { accountKnowledge } from "./account";
import { clientKnowledge } from "./client";
import { codexConfigKnowledge } from "./codexConfig";
import { codexCredentialKnowledge } from "./codexCredentials";
import { codexUseKnowledge } from "./codexUse";
import { endpointKnowledge } from "./endpoint";
import { keyKnowledge } from "./key";
import type { KnowledgeEntry } from "./knowledgeEntry";
import { networkKnowledge } from "./network";
import { opencodeKnowledge } from "./opencode";
import { secretsKnowledge } from "./secrets";

const ENTRIES = {
  ...keyKnowledge,
  ...endpointKnowledge,
  ...networkKnowledge,
  ...accountKnowledge,
  ...codexCredentialKnowledge,
  ...codexConfigKnowledge,
  ...codexUseKnowledge,
  ...opencodeKnowledge,
  ...secretsKnowledge,
  ...clientKnowledge,
};

/** A code that has an entry: a rule with any other does not compile. */
export type ProblemCode = keyof typeof ENTRIES;

/** Every code the extension can name, on one page of the knowledge base each. */
export const KNOWLEDGE: Readonly<Record<string, KnowledgeEntry>> & Record<ProblemCode, KnowledgeEntry> =
  ENTRIES;

/** True for codes with an entry; those of clients and health reports arrive as plain text. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(ENTRIES, code);
}
