import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "./knowledge";

export const keyKnowledge: Record<string, KnowledgeEntry> = {
  "key/missing": {
    title: () => l10n.t("No API key is stored"),
    cause: () => l10n.t("TokenPool has no API key on this machine yet."),
    fix: () => l10n.t("Run “TokenPool: Set API Key…”."),
  },
};
