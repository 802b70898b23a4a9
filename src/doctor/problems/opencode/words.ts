import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const opencodeKnowledge = {
  "opencode/config-invalid": {
    severity: "error",
    title: () => l10n.t("OpenCode cannot read its configuration"),
    cause: () => l10n.t("The file is not valid JSON with comments in UTF-8, so OpenCode does not start."),
    fix: () => l10n.t("Correct the file at the marked position."),
    action: "openDocumentation",
  },
  "opencode/duplicate-key": {
    severity: "warning",
    title: () => l10n.t("Duplicate key in OpenCode's configuration"),
    cause: () => l10n.t("OpenCode uses the last one, so the first has no effect."),
    fix: () => l10n.t("Remove one of the two definitions."),
    action: "openDocumentation",
  },
  "opencode/file-placeholder-missing": {
    severity: "error",
    title: () => l10n.t("The file with OpenCode's API key is missing"),
    cause: () => l10n.t("The configuration refers to it, and OpenCode does not start without it."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode”."),
    action: "configure:opencode",
    does: () => l10n.t("Write the key file"),
  },
  "opencode/env-placeholder-unset": {
    severity: "error",
    title: () => l10n.t("OpenCode takes the key from a variable that is not set"),
    cause: () => l10n.t("OpenCode replaces the placeholder with an empty string and sends no key."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to keep the key in a file of its own."),
    action: "configure:opencode",
    does: () => l10n.t("Keep the key in a file"),
  },
  "opencode/key-differs": {
    severity: "warning",
    title: () => l10n.t("OpenCode uses another API key"),
    cause: () => l10n.t("The key that OpenCode reads is not the one stored in VS Code."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to write the stored key."),
    action: "configure:opencode",
    does: () => l10n.t("Write the stored key for OpenCode"),
  },
  "opencode/base-url-invalid": {
    severity: "error",
    title: () => l10n.t("OpenCode has no valid address for TokenPool"),
    cause: () =>
      l10n.t('The option "baseURL" is missing under this exact name, or its value lacks https://.'),
    fix: () => l10n.t('Give the address of an API endpoint under the name "baseURL".'),
    action: "configure:opencode",
    does: () => l10n.t("Set baseURL to the API endpoint"),
  },
  "opencode/model-not-found": {
    severity: "error",
    title: () => l10n.t("OpenCode does not find its model"),
    cause: () => l10n.t("The default model is not listed for TokenPool, so OpenCode does not start with it."),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode”."),
    action: "configure:opencode",
    does: () => l10n.t("Add the model to TokenPool's provider"),
  },
  "opencode/documented-openai-override": {
    severity: "warning",
    title: () => l10n.t('OpenCode\'s own provider "openai" points to TokenPool'),
    cause: () =>
      l10n.t(
        "Titles are made by another model, and a ChatGPT login would send everything to ChatGPT instead.",
      ),
    fix: () => l10n.t("Move TokenPool to a provider of its own."),
    action: "configure:opencode",
    does: () => l10n.t("Move TokenPool to a provider of its own"),
  },
  "opencode/project-overrides": {
    severity: "error",
    title: () => l10n.t("A file in this folder sends your key elsewhere"),
    cause: () =>
      l10n.t("A project's configuration outranks yours, and OpenCode sends your stored key to its address."),
    fix: () => l10n.t("Do not start OpenCode in this folder unless you trust that address."),
    action: "openDocumentation",
  },
  "opencode/stale-api-key": {
    severity: "error",
    title: () => l10n.t("OpenCode's configuration holds another API key"),
    cause: () => l10n.t("It takes precedence over every other key and is not the one stored in VS Code."),
    fix: () => l10n.t("Replace it by a reference to the stored key."),
    action: "configure:opencode",
    does: () => l10n.t("Replace the key by a reference to the stored one"),
  },
  "opencode/auth-wrong-shape": {
    severity: "error",
    title: () => l10n.t("OpenCode ignores its stored key"),
    cause: () =>
      l10n.t(
        'Its auth.json holds an entry for TokenPool without "type": "api", and OpenCode skips such entries.',
      ),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to keep the key in a file of its own."),
    action: "configure:opencode",
    does: () => l10n.t("Keep the key in a file"),
  },
  "opencode/openai-key-fallback": {
    severity: "error",
    title: () => l10n.t("OpenCode sends your OpenAI key to the gateway"),
    cause: () =>
      l10n.t(
        "TokenPool's provider has no key of its own, so OpenCode takes the one in the variable OPENAI_API_KEY.",
      ),
    fix: () => l10n.t("Run “TokenPool: Configure OpenCode” to give the provider its key."),
    action: "configure:opencode",
    does: () => l10n.t("Give TokenPool's provider its key"),
  },
  "opencode/provider-disabled": {
    severity: "error",
    title: () => l10n.t("OpenCode leaves TokenPool out"),
    cause: () =>
      l10n.t(
        "Its list of enabled or disabled providers excludes TokenPool, so OpenCode fails with “Unexpected server error”.",
      ),
    fix: () =>
      l10n.t("Take TokenPool off the list of disabled providers, or put it on the list of enabled ones."),
    action: "configure:opencode",
    does: () => l10n.t("Enable TokenPool's provider"),
  },
  "opencode/other-tool-rewrites": {
    severity: "warning",
    title: () => l10n.t("CC Switch has dropped parts of OpenCode's TokenPool entry"),
    cause: () =>
      l10n.t(
        "CC Switch rewrites the entry in opencode.json with only what it knows: input limits of models and other settings of the provider are lost.",
      ),
    fix: () => l10n.t("Restore them. They stay until the entry is edited or switched in CC Switch again."),
    action: "configure:opencode",
    does: () => l10n.t("Restore the lost settings"),
  },
  "opencode/two-global-files": {
    severity: "warning",
    title: () => l10n.t("OpenCode reads two configuration files"),
    cause: () =>
      l10n.t(
        "opencode.jsonc takes precedence over opencode.json, and TokenPool's settings in one file are replaced by the other.",
      ),
    fix: () => l10n.t("Keep one file with all settings."),
    action: "openDocumentation",
    does: () => l10n.t("Remove the overridden settings"),
  },
  "opencode/provider-package-missing": {
    severity: "error",
    title: () => l10n.t("OpenCode cannot load a provider's package"),
    cause: () =>
      l10n.t("A provider's npm package could not be installed, and then OpenCode knows no provider at all."),
    fix: () => l10n.t("Check the network, or remove the provider whose package is missing."),
    action: "openDocumentation",
  },
  "opencode/hangs": {
    severity: "error",
    title: () => l10n.t("OpenCode hangs without an error"),
    cause: () =>
      l10n.t("A website answers instead of the API, and OpenCode repeats its request without end."),
    fix: () => l10n.t("Stop OpenCode, then use the address of an API endpoint."),
    action: "configure:opencode",
  },
  "opencode/silent-retries": {
    severity: "warning",
    title: () => l10n.t("OpenCode retries silently"),
    cause: () =>
      l10n.t(
        "While the gateway refuses or cannot be reached, OpenCode repeats its request and shows nothing.",
      ),
    fix: () => l10n.t("Check the endpoint to see why it does not answer; then OpenCode continues by itself."),
    action: "checkHealth",
  },
} satisfies Record<string, KnowledgeEntry>;
