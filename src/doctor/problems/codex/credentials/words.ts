import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../../knowledgeEntry";

/** What keeps Codex from sending the right key. */
export const codexCredentialKnowledge = {
  "codex/key-not-sent": {
    severity: "error",
    title: () => l10n.t("Codex does not send the key"),
    cause: () =>
      l10n.t("From version 0.149 on Codex sends the key only to providers with requires_openai_auth = true."),
    fix: () => l10n.t("Add requires_openai_auth = true to the provider."),
    action: "configure:codex",
    does: () => l10n.t("Add requires_openai_auth = true"),
  },
  "codex/chatgpt-login-wins": {
    severity: "error",
    title: () => l10n.t("Codex sends your ChatGPT token to the gateway"),
    cause: () => l10n.t("The ChatGPT login in auth.json takes precedence over the API key."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”; the login can be restored later."),
    action: "configure:codex",
    does: () => l10n.t("Use the API key in place of the ChatGPT login"),
  },
  "codex/auth-unreadable": {
    severity: "error",
    title: () => l10n.t("Codex cannot read auth.json"),
    cause: () =>
      l10n.t("The file is not valid JSON in UTF-8 without byte order mark, so Codex sends no key at all."),
    fix: () => l10n.t("Fix the file, or delete it and run “TokenPool: Configure Codex”."),
    action: "configure:codex",
    does: () => l10n.t("Replace auth.json by one with the stored key"),
  },
  "codex/auth-duplicate-key": {
    severity: "error",
    title: () => l10n.t("Duplicate entry in auth.json"),
    cause: () => l10n.t("Codex then reads nothing from the file and sends no key at all."),
    fix: () => l10n.t("Remove one of the two definitions."),
    action: "openDocumentation",
    does: () => l10n.t("Remove the duplicate entry from auth.json"),
  },
  "codex/auth-wrong-shape": {
    severity: "error",
    title: () => l10n.t("auth.json holds no key that Codex would use"),
    cause: () => l10n.t('Codex takes only a string in OPENAI_API_KEY, together with auth_mode = "apikey".'),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configure:codex",
    does: () => l10n.t("Write the stored key to auth.json"),
  },
  "codex/key-empty": {
    severity: "error",
    title: () => l10n.t("The key in auth.json is empty"),
    cause: () => l10n.t("Codex sends the empty key, and the gateway refuses it."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”."),
    action: "configure:codex",
    does: () => l10n.t("Write the stored key to auth.json"),
  },
  "codex/key-differs": {
    severity: "warning",
    title: () => l10n.t("Codex uses another API key"),
    cause: () => l10n.t("The key in auth.json is not the one stored in VS Code."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex” to write the stored key."),
    action: "configure:codex",
    does: () => l10n.t("Write the stored key to auth.json"),
  },
  "codex/key-in-config": {
    severity: "error",
    title: () => l10n.t("API key found in config.toml"),
    cause: () => l10n.t("Codex ignores a key in config.toml, and people share this file."),
    fix: () => l10n.t("Move the key to auth.json."),
    action: "configure:codex",
    does: () => l10n.t("Move the key to auth.json"),
  },
  "codex/env-key-missing": {
    severity: "error",
    title: () => l10n.t("Codex takes its key from a variable that is not set"),
    cause: () =>
      l10n.t(
        "env_key names an environment variable that is empty or not set. Programs started from a desktop menu do not see what a shell exports.",
      ),
    fix: () => l10n.t("Remove env_key, so that Codex uses the key in auth.json."),
    action: "configure:codex",
    does: () => l10n.t("Remove env_key"),
  },
  "codex/env-key-stale": {
    severity: "error",
    title: () => l10n.t("Codex uses another API key from a variable"),
    cause: () =>
      l10n.t(
        "env_key names an environment variable, which takes precedence over auth.json. Its key is not the one stored in VS Code.",
      ),
    fix: () => l10n.t("Remove env_key, so that Codex uses the key in auth.json."),
    action: "configure:codex",
    does: () => l10n.t("Remove env_key"),
  },
  "codex/environment-key-overrides": {
    severity: "error",
    title: () => l10n.t("An environment variable overrides your key"),
    cause: () => l10n.t("CODEX_API_KEY is set, and Codex prefers it to the key in auth.json."),
    fix: () =>
      l10n.t(
        "Remove the variable where it is set: a shell profile, a launcher or the system's settings. Then restart VS Code and Codex.",
      ),
    action: "openDocumentation",
  },
  "codex/bearer-token-overrides": {
    severity: "warning",
    title: () => l10n.t("A token in config.toml is used instead of your key"),
    cause: () =>
      l10n.t(
        "experimental_bearer_token takes precedence over auth.json, and it is in a file that people share.",
      ),
    fix: () => l10n.t("Move the key to auth.json."),
    action: "configure:codex",
    does: () => l10n.t("Move the key to auth.json"),
  },
  "codex/token-ignored": {
    severity: "warning",
    title: () => l10n.t("Codex ignores a token in config.toml"),
    cause: () =>
      l10n.t(
        'experimental_bearer_token is at the top level, where Codex does not read it. Codex sends the key in auth.json, a ChatGPT login or nothing instead. CC Switch writes it there for a provider called "OpenAI".',
      ),
    fix: () => l10n.t("Remove the line and keep the key in auth.json."),
    action: "configure:codex",
    does: () => l10n.t("Remove experimental_bearer_token"),
  },
  "codex/keyring-store": {
    severity: "error",
    title: () => l10n.t("Codex keeps its login in the keyring"),
    cause: () =>
      l10n.t("With this value of cli_auth_credentials_store Codex does not read the key in auth.json."),
    fix: () => l10n.t('Set cli_auth_credentials_store to "file".'),
    action: "configure:codex",
    does: () => l10n.t('Set cli_auth_credentials_store to "file"'),
  },
  "codex/forced-chatgpt-login": {
    severity: "error",
    title: () => l10n.t("Codex requires a ChatGPT login"),
    cause: () =>
      l10n.t(
        'With forced_login_method = "chatgpt" Codex deletes auth.json as soon as it finds an API key in it.',
      ),
    fix: () => l10n.t("Remove forced_login_method."),
    action: "configure:codex",
    does: () => l10n.t("Remove forced_login_method"),
  },
} satisfies Record<string, KnowledgeEntry>;
