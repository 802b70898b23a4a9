import { accountKnowledge } from "./account/words";
import { clientKnowledge } from "./client/words";
import { codexConfigKnowledge } from "./codex/config/words";
import { codexCredentialKnowledge } from "./codex/credentials/words";
import { codexUseKnowledge } from "./codex/use/words";
import { endpointKnowledge } from "./endpoint/words";
import { keyKnowledge } from "./key/words";
import type { KnowledgeEntry } from "./knowledgeEntry";
import { networkKnowledge } from "./network/words";
import { opencodeKnowledge } from "./opencode/words";
import { secretsKnowledge } from "./secrets/words";

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
