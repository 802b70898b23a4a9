import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "./knowledge";

export const codexKnowledge: Record<string, KnowledgeEntry> = {
  "codex/keyring-store": {
    title: () => l10n.t("Codex keeps its login in the keyring"),
    cause: () => l10n.t("With this cli_auth_credentials_store Codex does not read the key from auth.json."),
    fix: () => l10n.t('Set cli_auth_credentials_store to "file".'),
  },
  "codex/forced-chatgpt-login": {
    title: () => l10n.t("Codex insists on a ChatGPT login"),
    cause: () =>
      l10n.t(
        'With forced_login_method = "chatgpt" Codex deletes auth.json as soon as it finds an API key in it.',
      ),
    fix: () => l10n.t("Remove forced_login_method."),
  },
  "codex/legacy-profile": {
    title: () => l10n.t("Codex does not start with this profile setting"),
    cause: () =>
      l10n.t("Current versions of Codex refuse a config.toml that names a profile at the top level."),
    fix: () => l10n.t("Remove the line; use the option --profile instead."),
  },
  "codex/environment-key-overrides": {
    title: () => l10n.t("CODEX_API_KEY overrides your key"),
    cause: () => l10n.t("The environment variable CODEX_API_KEY is set, and Codex prefers it to auth.json."),
    fix: () => l10n.t("Unset CODEX_API_KEY and start Codex again."),
  },
  "codex/key-differs": {
    title: () => l10n.t("Codex uses another API key"),
    cause: () => l10n.t("The key in auth.json is not the one stored in VS Code."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex” to write the stored key."),
  },
  "codex/chatgpt-login-wins": {
    title: () => l10n.t("Codex sends your ChatGPT token to the gateway"),
    cause: () => l10n.t("The ChatGPT login in auth.json takes precedence over the API key."),
    fix: () => l10n.t("Run “TokenPool: Configure Codex”; the login can be restored later."),
  },
  "codex/home-missing": {
    title: () => l10n.t("Codex's home directory does not exist"),
    cause: () =>
      l10n.t("CODEX_HOME or the setting tokenpool.codex.home names a directory that is not there."),
    fix: () => l10n.t("Create the directory, or unset the variable."),
  },
  "client/not-installed": {
    title: () => l10n.t("The program is not installed"),
    cause: () => l10n.t("It was not found on the PATH of this machine."),
    fix: () => l10n.t("Install it; the configuration is ready for it."),
  },
};
