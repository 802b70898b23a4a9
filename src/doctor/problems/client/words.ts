import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const clientKnowledge = {
  "client/not-installed": {
    severity: "information",
    title: () => l10n.t("The program is not installed"),
    cause: () => l10n.t("It was not found on the PATH of this machine."),
    fix: () => l10n.t("Install it; the configuration is ready for it."),
  },
} satisfies Record<string, KnowledgeEntry>;
