import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const clientKnowledge = {
  "client/not-installed": {
    severity: "information",
    title: () => l10n.t("The program is not installed"),
    cause: () => l10n.t("It was not found on the PATH of this machine."),
    fix: () => l10n.t("Install it; the configuration is ready for it."),
  },
  "opencode/version-not-tried": {
    severity: "information",
    title: () => l10n.t("This version of OpenCode has not been tried yet"),
    cause: () =>
      l10n.t("OpenCode 2 reads its files by other rules, so what is said of them here may be wrong."),
    fix: () => l10n.t("If TokenPool does not work in OpenCode, use a version before 2."),
    action: "openDocumentation",
  },
  "client/managed": {
    severity: "warning",
    title: () => l10n.t("An administrator's file outranks yours"),
    cause: () => l10n.t("Its values take precedence over your own file, and TokenPool never changes it."),
    fix: () => l10n.t("Ask whoever manages this machine to allow TokenPool's provider."),
    action: "openDocumentation",
  },
  "opencode/wrong-home": {
    severity: "warning",
    title: () => l10n.t("An OpenCode outside of VS Code's sandbox reads other files"),
    cause: () =>
      l10n.t("VS Code runs as a Flatpak or snap, which moves the configuration of everything started in it."),
    fix: () =>
      l10n.t(
        "Set tokenpool.opencode.configDirectory to the directory that OpenCode reads, and run “TokenPool: Configure OpenCode” again.",
      ),
    action: "openDocumentation",
  },
  "client/credential-outside-profile": {
    severity: "warning",
    title: () => l10n.t("A file with your key is outside of your user profile"),
    cause: () =>
      l10n.t(
        "On Windows a file has the permissions of its folder. Outside of the user profile other users of this machine can usually read it.",
      ),
    fix: () =>
      l10n.t(
        "Choose a directory in your user profile: see CODEX_HOME, XDG_CONFIG_HOME, and the settings tokenpool.codex.home and tokenpool.opencode.configDirectory. Then configure the client again and delete the old file.",
      ),
    action: "openDocumentation",
  },
  "codex/does-not-start": {
    severity: "error",
    title: () => l10n.t("Codex does not start with this configuration"),
    cause: () => l10n.t("Codex itself was asked to read its configuration and refused it."),
    fix: () => l10n.t("Correct or remove what Codex names, at the place shown."),
    action: "openDocumentation",
  },
  "opencode/does-not-start": {
    severity: "error",
    title: () => l10n.t("OpenCode does not start with this configuration"),
    cause: () => l10n.t("OpenCode itself was asked to read its configuration and refused it."),
    fix: () => l10n.t("Correct or remove what OpenCode names, at the place shown."),
    action: "openDocumentation",
  },
  "client/missing-file": {
    severity: "error",
    title: () => l10n.t("A file that the configuration names is missing"),
    cause: () =>
      l10n.t("A setting names a file that is not there, and the program does not start without it."),
    fix: () => l10n.t("Create the file, or remove the setting that names it."),
    action: "openDocumentation",
    does: () => l10n.t("Remove the setting that names a missing file"),
  },
  "client/wrong-protocol": {
    severity: "error",
    title: () => l10n.t("The program speaks another protocol than the gateway"),
    cause: () =>
      l10n.t("It uses Chat Completions; the gateway offers this model only through the Responses API."),
    fix: () =>
      l10n.t(
        'In OpenCode let the provider use the package "@ai-sdk/openai": run “TokenPool: Configure OpenCode”. In VS Code\'s chat set the model\'s apiType to "responses".',
      ),
    action: "configure:opencode",
  },
} satisfies Record<string, KnowledgeEntry>;
