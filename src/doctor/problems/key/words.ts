import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const keyKnowledge = {
  "key/missing": {
    severity: "warning",
    title: () => l10n.t("No API key is stored"),
    cause: () => l10n.t("TokenPool has no API key on this machine yet."),
    fix: () => l10n.t("Run “TokenPool: Set API Key…”."),
    action: "setApiKey",
  },
  "key/malformed": {
    severity: "error",
    title: () => l10n.t("The API key is incomplete or mangled"),
    cause: () => l10n.t("The text in place of the API key is not a complete key, so the gateway refuses it."),
    fix: () => l10n.t("Copy the whole key in the console with its copy button and set it again."),
    action: "setApiKey",
    does: () => l10n.t("Replace the key by the stored one"),
  },
} satisfies Record<string, KnowledgeEntry>;
