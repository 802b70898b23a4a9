import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../../knowledgeEntry";

/** What is wrong in config.toml, or with the place where Codex looks for it. */
export const codexConfigKnowledge = {
  "codex/wire-api-chat": {
    severity: "error",
    title: () => l10n.t('Codex does not start with wire_api = "chat"'),
    cause: () => l10n.t('Codex speaks only the Responses API; one provider with "chat" stops it altogether.'),
    fix: () => l10n.t('Set wire_api to "responses".'),
    action: "configure:codex",
    does: () => l10n.t('Set wire_api to "responses"'),
  },
  "codex/provider-not-found": {
    severity: "error",
    title: () => l10n.t("Codex does not find its provider"),
    cause: () => l10n.t("model_provider names a provider that config.toml does not define."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configure:codex",
    does: () => l10n.t("Set model_provider to TokenPool's provider"),
  },
  "codex/reserved-provider-id": {
    severity: "error",
    title: () => l10n.t("Codex does not start with this provider name"),
    cause: () =>
      l10n.t(
        "The name belongs to a provider that is built into Codex, and such providers cannot be redefined.",
      ),
    fix: () => l10n.t("Give the provider another name."),
    action: "configure:codex",
    does: () => l10n.t("Rename the provider"),
  },
  "codex/requests-go-to-openai": {
    severity: "error",
    title: () => l10n.t("Codex sends its requests to OpenAI"),
    cause: () =>
      l10n.t("config.toml does not select TokenPool's provider. Codex ignores the variable OPENAI_BASE_URL."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configure:codex",
    does: () => l10n.t("Select TokenPool's provider"),
  },
  "codex/setting-inside-table": {
    severity: "error",
    title: () => l10n.t("Top-level settings are inside a table"),
    cause: () =>
      l10n.t(
        "Everything below a line in square brackets belongs to that table. Codex ignores these settings there, or does not start.",
      ),
    fix: () => l10n.t("Move the settings above the first line in square brackets."),
    action: "configure:codex",
    does: () => l10n.t("Move the settings to the top level"),
  },
  "codex/legacy-profile": {
    severity: "error",
    title: () => l10n.t("Codex does not start with this profile setting"),
    cause: () =>
      l10n.t("Current versions of Codex refuse a config.toml that names a profile at the top level."),
    fix: () => l10n.t("Remove the line; use the option --profile instead."),
    action: "configure:codex",
    does: () => l10n.t("Remove profile"),
  },
  "codex/duplicate-key": {
    severity: "error",
    title: () => l10n.t("Duplicate key in config.toml"),
    cause: () =>
      l10n.t(
        "Codex does not start with a key or table that is defined twice. Often two tools have added the same one.",
      ),
    fix: () => l10n.t("Remove one of the two definitions."),
    action: "openDocumentation",
  },
  "codex/config-invalid": {
    severity: "error",
    title: () => l10n.t("Codex does not accept config.toml"),
    cause: () =>
      l10n.t(
        "The file is not valid TOML, or a value in it is not one that Codex accepts. Codex does not start.",
      ),
    fix: () => l10n.t("Correct the file at the marked position."),
    action: "openDocumentation",
    does: () => l10n.t("Correct the setting"),
  },
  "codex/config-encoding": {
    severity: "error",
    title: () => l10n.t("config.toml is not encoded in UTF-8"),
    cause: () => l10n.t("Codex reads only UTF-8, so it does not start."),
    fix: () => l10n.t("Save the file as UTF-8."),
    action: "openDocumentation",
    does: () => l10n.t("Save config.toml as UTF-8"),
  },
  "codex/project-config": {
    severity: "warning",
    title: () => l10n.t("A folder has its own settings for Codex"),
    cause: () =>
      l10n.t(
        "Codex ignores providers in a folder's .codex/config.toml, but takes its model from there once the folder is trusted.",
      ),
    fix: () => l10n.t("Move providers to your own config.toml, and use a model that the gateway offers."),
    action: "openDocumentation",
    does: () => l10n.t("Remove model from the folder's config.toml"),
  },
  "codex/ignored-setting": {
    severity: "information",
    title: () => l10n.t("Codex ignores a setting in config.toml"),
    cause: () =>
      l10n.t(
        "Current versions of Codex do not know disable_response_storage any more and warn of it at every start.",
      ),
    fix: () => l10n.t("Remove the line."),
    action: "configure:codex",
    does: () => l10n.t("Remove disable_response_storage"),
  },
  "codex/home-missing": {
    severity: "error",
    title: () => l10n.t("Codex's home directory does not exist"),
    cause: () =>
      l10n.t("CODEX_HOME or the setting tokenpool.codex.home names a directory that is not there."),
    fix: () => l10n.t("Create the directory, or remove the variable or the setting."),
    action: "configure:codex",
  },
  "codex/wrong-home": {
    severity: "warning",
    title: () => l10n.t("Another Codex may read other files"),
    cause: () =>
      l10n.t(
        "There is more than one home directory for Codex: Windows and WSL, this machine and a remote one, or the one that CODEX_HOME names.",
      ),
    fix: () =>
      l10n.t("Open VS Code on the side where Codex runs and configure it there, or correct CODEX_HOME."),
    action: "openDocumentation",
  },
  "codex/websocket-fallback": {
    severity: "warning",
    title: () => l10n.t("Codex tries WebSockets first"),
    cause: () =>
      l10n.t("The gateway does not offer them here, so every conversation begins with seconds of waiting."),
    fix: () => l10n.t("Remove supports_websockets or openai_base_url."),
    action: "configure:codex",
    does: () => l10n.t("Turn off WebSockets"),
  },
  "codex/dead-local-proxy": {
    severity: "error",
    title: () => l10n.t("Nothing listens at Codex's local address"),
    cause: () =>
      l10n.t(
        "config.toml points to a program on this machine, such as a switching tool, and it does not run.",
      ),
    fix: () => l10n.t("Start that program, or run “TokenPool: Configure Codex” to use the gateway directly."),
    action: "configure:codex",
    does: () => l10n.t("Use the endpoint directly"),
  },
} satisfies Record<string, KnowledgeEntry>;
