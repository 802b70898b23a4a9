import { codexKnowledge } from "./codex";
import { keyKnowledge } from "./key";

/** What a person is told about a code. Functions, because the language is known only after activation. */
export interface KnowledgeEntry {
  readonly title: () => string;
  /** One sentence. */
  readonly cause: () => string;
  /** What to do, where no button does it. */
  readonly fix: () => string;
}

/** Every code the extension can name, on one page of the knowledge base each. */
export const KNOWLEDGE: Readonly<Record<string, KnowledgeEntry>> = { ...keyKnowledge, ...codexKnowledge };
