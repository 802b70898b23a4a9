import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "./knowledgeEntry";

export const secretsKnowledge = {
  "secrets/file-not-ignored": {
    severity: "warning",
    title: () => l10n.t("Git would commit a file with your key"),
    cause: () => l10n.t("The file lies in a Git work tree and is not ignored."),
    fix: () => l10n.t("Exclude the file from Git."),
    action: "openDocumentation",
  },
} satisfies Record<string, KnowledgeEntry>;
