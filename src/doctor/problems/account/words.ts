import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const accountKnowledge = {
  "account/key-invalid": {
    severity: "error",
    title: () => l10n.t("The gateway does not accept the API key"),
    cause: () => l10n.t("The key is wrong or was deleted."),
    fix: () => l10n.t("Copy the key in the console and set it again."),
    action: "setApiKey",
  },
  "account/key-disabled": {
    severity: "error",
    title: () => l10n.t("The API key is disabled"),
    cause: () => l10n.t("The key or its account was switched off."),
    fix: () => l10n.t("Enable the key in the console."),
    action: "openConsole",
  },
  "account/key-expired": {
    severity: "error",
    title: () => l10n.t("The API key has expired"),
    cause: () => l10n.t("The date until which it was valid has passed."),
    fix: () => l10n.t("Create a new key in the console and set it here."),
    action: "openConsole",
  },
  "account/ip-not-allowed": {
    severity: "error",
    title: () => l10n.t("The API key may not be used from this network"),
    cause: () => l10n.t("The key has a list of allowed addresses, and this one is not on it."),
    fix: () => l10n.t("Change the key's list of allowed addresses in the console."),
    action: "openConsole",
  },
  "account/no-group": {
    severity: "error",
    title: () => l10n.t("The API key has no usable group"),
    cause: () => l10n.t("The key's group was deleted, switched off, or is not yours."),
    fix: () => l10n.t("Assign the key to a group in the console."),
    action: "openConsole",
  },
  "account/subscription-expired": {
    severity: "error",
    title: () => l10n.t("The subscription has ended"),
    cause: () => l10n.t("The account has no subscription that is valid now."),
    fix: () => l10n.t("Renew it in the console, or give the key another group."),
    action: "openConsole",
  },
  "account/no-quota": {
    severity: "error",
    title: () => l10n.t("Quota or balance is used up"),
    cause: () => l10n.t("The gateway knows the key, but there is nothing left to spend."),
    fix: () =>
      l10n.t(
        "Top up in the console, or use a key with more quota. A limit for hours or days comes back by itself.",
      ),
    action: "openConsole",
  },
  "account/rate-limited": {
    severity: "warning",
    title: () => l10n.t("The gateway limits requests"),
    cause: () => l10n.t("Too many requests came in a short time."),
    fix: () => l10n.t("Wait a moment, then try again."),
    action: "checkHealth",
  },
  "account/client-not-allowed": {
    severity: "warning",
    title: () => l10n.t("The gateway allows only certain programs"),
    cause: () =>
      l10n.t("It serves certain programs, such as Codex, and refuses others, this check among them."),
    fix: () => l10n.t("Ask in the console which programs the key is for."),
    action: "openConsole",
  },
  "account/too-many-bad-attempts": {
    severity: "error",
    title: () => l10n.t("Too many attempts with a wrong key"),
    cause: () => l10n.t("The gateway refuses every key from this network for a minute."),
    fix: () => l10n.t("Wait a minute, then set the right key."),
    action: "setApiKey",
  },
  "account/model-unavailable": {
    severity: "error",
    title: () => l10n.t("The model is not available"),
    cause: () => l10n.t("The gateway does not offer this model to your key."),
    fix: () => l10n.t("Choose a model that the gateway offers."),
    action: "chooseModel",
    does: () => l10n.t("Set a model that the gateway offers"),
  },
} satisfies Record<string, KnowledgeEntry>;
