import * as l10n from "@vscode/l10n";
import type { HealthState } from "../health/report";
import type { ProblemCode } from "./problems/knowledge";
import type { Snapshot } from "./snapshot/snapshot";

/** One of the mistakes that TokenPool's documentation names: checked on every machine, found or not. */
export interface CommonMistake {
  readonly id: string;
  /** Neutral, because it is shown for machines without the mistake too. */
  readonly title: () => string;
  readonly codes: readonly ProblemCode[];
  /** The snapshot holds what the check needs; else nothing found says nothing. */
  readonly isChecked: (snapshot: Snapshot) => boolean;
}

/** States of a probe that got as far as the model list. */
const MODELS_KNOWN: readonly HealthState[] = ["ok", "slow", "degraded"];

export const COMMON_MISTAKES: readonly CommonMistake[] = [
  {
    id: "website",
    title: () => l10n.t("Website as base URL"),
    codes: ["endpoint/website"],
    isChecked: ({ codex }) => !codex.config.problem,
  },
  {
    id: "keyInConfig",
    title: () => l10n.t("API key in config.toml"),
    codes: ["codex/key-in-config", "codex/bearer-token-overrides"],
    isChecked: ({ codex }) => !codex.config.problem,
  },
  {
    id: "incompleteKey",
    title: () => l10n.t("Incomplete API key"),
    codes: ["key/malformed", "codex/key-empty"],
    isChecked: ({ apiKey, codex, opencode }) =>
      apiKey !== undefined || codex.apiKey !== undefined || opencode.apiKey !== undefined,
  },
  {
    id: "unavailableModel",
    title: () => l10n.t("Unavailable model"),
    codes: ["account/model-unavailable", "codex/model-migrated"],
    isChecked: ({ health, offeredModels }) => offeredModels !== undefined || hasState(health, MODELS_KNOWN),
  },
  {
    id: "noQuota",
    title: () => l10n.t("No quota"),
    codes: ["account/no-quota", "account/subscription-expired"],
    isChecked: ({ health }) => hasState(health, [...MODELS_KNOWN, "noQuota"]),
  },
  {
    id: "secretsInGit",
    title: () => l10n.t("Secrets in Git"),
    codes: ["secrets/file-not-ignored", "secrets/key-in-changes", "secrets/key-committed"],
    isChecked: ({ git }) => git !== undefined,
  },
];

function hasState(health: Snapshot["health"], states: readonly HealthState[]): boolean {
  const [chosen] = health;
  return chosen !== undefined && states.includes(chosen.state);
}
