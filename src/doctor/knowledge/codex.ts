import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "./knowledgeEntry";

export const codexKnowledge = {
  "codex/key-not-sent": {
    severity: "error",
    title: () => l10n.t("Codex does not send the key"),
    cause: () =>
      l10n.t("From version 0.149 on Codex sends the key only to providers with requires_openai_auth = true."),
    fix: () => l10n.t("Add requires_openai_auth = true to the provider."),
    action: "configureCodex",
  },
  "codex/chatgpt-login-wins": {
    severity: "error",
    title: () => l10n.t("Codex sends your ChatGPT token to the gateway"),
    cause: () => l10n.t("The ChatGPT login in auth.json takes precedence over the API key."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”; the login can be restored later."),
    action: "configureCodex",
  },
  "codex/auth-unreadable": {
    severity: "error",
    title: () => l10n.t("Codex cannot read auth.json"),
    cause: () =>
      l10n.t("The file is not valid JSON in UTF-8 without byte order mark, so Codex sends no key at all."),
    fix: () => l10n.t("Mend the file, or delete it and run “TokenPool: Configure Codex”."),
    action: "configureCodex",
  },
  "codex/auth-wrong-shape": {
    severity: "error",
    title: () => l10n.t("auth.json holds no key that Codex would use"),
    cause: () => l10n.t("Codex takes only a text in OPENAI_API_KEY, together with auth_mode = “apikey”."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configureCodex",
  },
  "codex/key-empty": {
    severity: "error",
    title: () => l10n.t("The key in auth.json is empty"),
    cause: () => l10n.t("Codex takes an empty key for a key and sends it."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configureCodex",
  },
  "codex/key-differs": {
    severity: "warning",
    title: () => l10n.t("Codex uses another API key"),
    cause: () => l10n.t("The key in auth.json is not the one stored in VS Code."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex” to write the stored key."),
    action: "configureCodex",
  },
  "codex/key-in-config": {
    severity: "error",
    title: () => l10n.t("The API key stands in config.toml"),
    cause: () => l10n.t("Codex ignores a key in config.toml, and people share this file."),
    fix: () => l10n.t("Move the key to auth.json."),
    action: "configureCodex",
  },
  "codex/bearer-token-overrides": {
    severity: "warning",
    title: () => l10n.t("A token in config.toml is used instead of your key"),
    cause: () =>
      l10n.t("experimental_bearer_token outranks auth.json and stands in a file that people share."),
    fix: () => l10n.t("Move the key to auth.json."),
    action: "configureCodex",
  },
  "codex/environment-key-overrides": {
    severity: "error",
    title: () => l10n.t("CODEX_API_KEY overrides your key"),
    cause: () => l10n.t("The environment variable CODEX_API_KEY is set, and Codex prefers it to auth.json."),
    fix: () => l10n.t("Unset CODEX_API_KEY and start Codex again."),
    action: "openDocumentation",
  },
  "codex/keyring-store": {
    severity: "error",
    title: () => l10n.t("Codex keeps its login in the keyring"),
    cause: () => l10n.t("With this cli_auth_credentials_store Codex does not read the key from auth.json."),
    fix: () => l10n.t('Set cli_auth_credentials_store to "file".'),
    action: "configureCodex",
  },
  "codex/forced-chatgpt-login": {
    severity: "error",
    title: () => l10n.t("Codex insists on a ChatGPT login"),
    cause: () =>
      l10n.t(
        'With forced_login_method = "chatgpt" Codex deletes auth.json as soon as it finds an API key in it.',
      ),
    fix: () => l10n.t("Remove forced_login_method."),
    action: "configureCodex",
  },
  "codex/legacy-profile": {
    severity: "error",
    title: () => l10n.t("Codex does not start with this profile setting"),
    cause: () =>
      l10n.t("Current versions of Codex refuse a config.toml that names a profile at the top level."),
    fix: () => l10n.t("Remove the line; use the option --profile instead."),
    action: "configureCodex",
  },
  "codex/wire-api-chat": {
    severity: "error",
    title: () => l10n.t("Codex does not start with wire_api = “chat”"),
    cause: () => l10n.t("Codex speaks only the Responses API; one provider with “chat” stops it altogether."),
    fix: () => l10n.t("Set wire_api to “responses”."),
    action: "configureCodex",
  },
  "codex/provider-not-found": {
    severity: "error",
    title: () => l10n.t("Codex does not find its provider"),
    cause: () => l10n.t("model_provider names a provider that config.toml does not define."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configureCodex",
  },
  "codex/config-invalid": {
    severity: "error",
    title: () => l10n.t("Codex cannot read config.toml"),
    cause: () => l10n.t("The file is not valid TOML, so Codex does not start."),
    fix: () => l10n.t("Mend the file at the place shown."),
    action: "openDocumentation",
  },
  "codex/config-encoding": {
    severity: "error",
    title: () => l10n.t("config.toml is not encoded in UTF-8"),
    cause: () => l10n.t("Codex reads only UTF-8, so it does not start."),
    fix: () => l10n.t("Save the file as UTF-8."),
    action: "openDocumentation",
  },
  "codex/home-missing": {
    severity: "error",
    title: () => l10n.t("Codex's home directory does not exist"),
    cause: () =>
      l10n.t("CODEX_HOME or the setting tokenpool.codex.home names a directory that is not there."),
    fix: () => l10n.t("Create the directory, or unset the variable."),
    action: "configureCodex",
  },
} satisfies Record<string, KnowledgeEntry>;
