import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const clientKnowledge = {
  "client/not-installed": {
    severity: "information",
    title: () => l10n.t("The program is not installed"),
    cause: () => l10n.t("It was not found on the PATH of this machine."),
    fix: () => l10n.t("Install it; the configuration is ready for it."),
  },
  "codex/does-not-start": {
    severity: "error",
    title: () => l10n.t("Codex does not start with this configuration"),
    cause: () => l10n.t("Codex itself, asked to read its configuration, refuses it."),
    fix: () => l10n.t("Correct or remove what Codex names, at the place shown."),
    action: "openDocumentation",
  },
  "opencode/does-not-start": {
    severity: "error",
    title: () => l10n.t("OpenCode does not start with this configuration"),
    cause: () => l10n.t("OpenCode itself, asked to read its configuration, refuses it."),
    fix: () => l10n.t("Correct or remove what OpenCode names, at the place shown."),
    action: "openDocumentation",
  },
  "client/wrong-protocol": {
    severity: "error",
    title: () => l10n.t("The program speaks another protocol than the gateway"),
    cause: () => l10n.t("It asks by Chat Completions; the model answers by the Responses API."),
    fix: () =>
      l10n.t(
        "In OpenCode let the provider use the package “@ai-sdk/openai”: run “TokenPool: Configure OpenCode”. In VS Code's chat set the model's apiType to “responses”.",
      ),
    action: "configureOpenCode",
  },
} satisfies Record<string, KnowledgeEntry>;
