import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const secretsKnowledge = {
  "secrets/file-not-ignored": {
    severity: "error",
    title: () => l10n.t("Git would commit a file with your key"),
    cause: () => l10n.t("The file lies in a Git work tree and is not ignored."),
    fix: () => l10n.t("Exclude the file from Git."),
    action: "openDocumentation",
  },
  "secrets/key-in-changes": {
    severity: "error",
    title: () => l10n.t("Your API key is in a change for Git"),
    cause: () =>
      l10n.t("The next commit would hold the key, and everybody who gets the commit gets the key."),
    fix: () => l10n.t("Take the key out of the file before you commit."),
    action: "openDocumentation",
  },
  "secrets/key-committed": {
    severity: "error",
    title: () => l10n.t("Your API key is in a commit"),
    cause: () =>
      l10n.t(
        "Whoever has the repository has the key; removing the line does not remove it from the history.",
      ),
    fix: () => l10n.t("Replace the key, and delete this one in the console."),
    action: "replaceApiKey",
  },
} satisfies Record<string, KnowledgeEntry>;
