import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "./knowledgeEntry";

export const opencodeKnowledge = {
  "opencode/config-invalid": {
    severity: "error",
    title: () => l10n.t("OpenCode cannot read its configuration"),
    cause: () => l10n.t("The file is not valid JSON with comments in UTF-8, so OpenCode does not start."),
    fix: () => l10n.t("Mend the file at the place shown."),
    action: "openDocumentation",
  },
  "opencode/file-placeholder-missing": {
    severity: "error",
    title: () => l10n.t("The file with OpenCode's API key is missing"),
    cause: () => l10n.t("The configuration refers to it, and OpenCode does not start without it."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode”."),
    action: "configureOpenCode",
  },
  "opencode/env-placeholder-unset": {
    severity: "warning",
    title: () => l10n.t("OpenCode takes the key from a variable that is not set"),
    cause: () => l10n.t("OpenCode replaces it by nothing and sends no key."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to keep the key in a file of its own."),
    action: "configureOpenCode",
  },
  "opencode/key-differs": {
    severity: "warning",
    title: () => l10n.t("OpenCode uses another API key"),
    cause: () => l10n.t("The key that OpenCode reads is not the one stored in VS Code."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to write the stored key."),
    action: "configureOpenCode",
  },
  "opencode/base-url-invalid": {
    severity: "error",
    title: () => l10n.t("OpenCode does not know the option “baseUrl”"),
    cause: () => l10n.t("The option is spelled “baseURL”; without it OpenCode has no address."),
    fix: () => l10n.t("Rename the option."),
    action: "configureOpenCode",
  },
  "opencode/model-not-found": {
    severity: "error",
    title: () => l10n.t("OpenCode does not find its model"),
    cause: () =>
      l10n.t("The default model is not listed for TokenPool, or OpenCode leaves the provider out."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode”."),
    action: "configureOpenCode",
  },
  "opencode/documented-openai-override": {
    severity: "warning",
    title: () => l10n.t("OpenCode's own provider “openai” points to TokenPool"),
    cause: () =>
      l10n.t(
        "Titles are made by another model, and a ChatGPT login would send everything to ChatGPT instead.",
      ),
    fix: () => l10n.t("Move TokenPool to a provider of its own."),
    action: "configureOpenCode",
  },
  "opencode/project-overrides": {
    severity: "warning",
    title: () => l10n.t("A file in this folder sends your key elsewhere"),
    cause: () =>
      l10n.t("A project's configuration outranks yours, and OpenCode sends your stored key to its address."),
    fix: () => l10n.t("Do not start OpenCode in this folder unless you know the address."),
    action: "openDocumentation",
  },
} satisfies Record<string, KnowledgeEntry>;
