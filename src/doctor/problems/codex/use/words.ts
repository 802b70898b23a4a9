import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../../knowledgeEntry";

/** What happens while Codex runs, and what other programs do to it. */
export const codexUseKnowledge = {
  "codex/app-login-page": {
    severity: "information",
    title: () => l10n.t("The Codex App asks for a login or hides the model"),
    cause: () =>
      l10n.t(
        "The App shows its login page and limits its list of models as long as nobody has signed in to ChatGPT.",
      ),
    fix: () => l10n.t("Choose “Use API key” on the login page; in the CLI choose the model with /model."),
  },
  "codex/restart-needed": {
    severity: "information",
    title: () => l10n.t("Codex still uses its old settings"),
    cause: () => l10n.t("Codex reads its files only when it starts."),
    fix: () => l10n.t("Restart Codex or reload the window, then start a new conversation."),
  },
  "codex/thread-pinned": {
    severity: "error",
    title: () => l10n.t("The conversation belongs to another provider"),
    cause: () =>
      l10n.t(
        "Every conversation stays with the provider it was started with, even after config.toml has changed.",
      ),
    fix: () => l10n.t("Start a new conversation, or put the old provider's table back."),
    action: "openDocumentation",
  },
  "codex/history-hidden": {
    severity: "information",
    title: () => l10n.t("Earlier conversations are hidden, not lost"),
    cause: () =>
      l10n.t("Codex lists only the conversations of the provider in use; the others are still on the disk."),
    fix: () => l10n.t("Switch back to the earlier provider to see them."),
  },
  "codex/remote-compaction": {
    severity: "error",
    title: () => l10n.t("Long conversations break off"),
    cause: () =>
      l10n.t(
        'A provider named "OpenAI" is expected to compact conversations itself, and the gateway does not.',
      ),
    fix: () => l10n.t('Add capabilities = { remote_compaction = "unsupported" } to the provider.'),
    action: "configure:codex",
    does: () => l10n.t("Turn off remote compaction"),
  },
  "codex/model-migrated": {
    severity: "error",
    title: () => l10n.t("Codex uses a model that the gateway does not offer"),
    cause: () => l10n.t("You have chosen it, or Codex's start screen, which offers new models."),
    fix: () => l10n.t("Set the model back, and note in config.toml that the offer has been seen."),
    action: "configure:codex",
    does: () => l10n.t("Set the model back"),
  },
  "codex/harmless-metadata-warning": {
    severity: "information",
    title: () => l10n.t("Codex does not know details of the model"),
    cause: () =>
      l10n.t(
        "With a gateway Codex falls back to default values or cannot refresh its own list of models; requests work all the same.",
      ),
    fix: () => l10n.t("Nothing needs to be done."),
  },
  "codex/other-tool-rewrites": {
    severity: "warning",
    title: () => l10n.t("Another tool rewrites Codex's files"),
    cause: () => l10n.t("Another program has changed values that TokenPool wrote, and may do so again."),
    fix: () => l10n.t("Switch to TokenPool in that tool, or let it leave Codex alone."),
    action: "configure:codex",
  },
  "ccswitch/manages-codex": {
    severity: "warning",
    title: () => l10n.t("CC Switch manages Codex"),
    cause: () =>
      l10n.t(
        "CC Switch writes Codex's files whenever you switch there, and first saves what they hold in the card in use. Starting it changes nothing.",
      ),
    fix: () => l10n.t("Add TokenPool to CC Switch and choose it there."),
    action: "addToCcSwitch",
  },
} satisfies Record<string, KnowledgeEntry>;
