import * as l10n from "@vscode/l10n";
import { isObject, valueAt } from "../../changes/document/valueAt";
import type { ClientEnvironment, ClientTerminal } from "../client";
import { stringAt } from "../configFile";
import { withTemporaryFolder } from "../machine/askProgram";
import { awayFromHome } from "../machine/programVersions";
import { userPath } from "../machine/userPath";
import { askFirst } from "../startCheck";
import type { CodexState } from "./state/state";

export const terminal: ClientTerminal<CodexState> = {
  installCommand: (platform) =>
    platform === "darwin" ? "brew install --cask codex" : "npm install -g @openai/codex",
  answering: (question) => ["exec", "--skip-git-repo-check", question],
  startedElsewhere: ({ askWsl }) =>
    askWsl && l10n.t('VS Code runs Codex in WSL. Open a WSL terminal and run "codex" there.'),
  variables: (environment): Record<string, string> => {
    const named = environment.configuredDirectory.codex;
    return named ? { CODEX_HOME: userPath(environment, named) } : {};
  },
  firstQuestion: async (environment, state) => {
    const offer = await newerModel(environment, state);
    return (
      offer &&
      l10n.t(
        "Codex will offer {0} in place of {1}. Choose “Use existing model”: Enter and Esc alone change the model in config.toml.",
        offer.newer,
        offer.model,
      )
    );
  },
};

/**
 * The model that Codex's first screen offers, and with Enter writes into config.toml, unless it was refused once for
 * exactly this one (clients.md 2.7). Which one that is stands in the catalogue that the program brings with it.
 */
async function newerModel(
  environment: ClientEnvironment,
  { config }: CodexState,
): Promise<{ readonly model: string; readonly newer: string } | undefined> {
  const model = stringAt(config, ["model"]);
  // A catalogue of the user's own takes the place of the program's.
  if (model === undefined || stringAt(config, ["model_catalog_json"]) !== undefined) return undefined;
  const answer = await withTemporaryFolder((folder) =>
    askFirst(environment, "codex", {
      args: ["debug", "models", "--bundled"],
      variables: awayFromHome(folder),
    }),
  );
  const newer = upgradeOf(answer?.stdout ?? "", model);
  const isSeen = newer === stringAt(config, ["notice", "model_migrations", model]);
  return newer === undefined || isSeen ? undefined : { model, newer };
}

function upgradeOf(catalogue: string, model: string): string | undefined {
  let read: unknown;
  try {
    read = JSON.parse(catalogue);
  } catch {
    // Versions without this command print their help.
    return undefined;
  }
  const models = valueAt(read, ["models"]);
  const ours: unknown = Array.isArray(models)
    ? models.find((each: unknown) => isObject(each) && each["slug"] === model)
    : undefined;
  const newer = valueAt(ours, ["upgrade", "model"]);
  return typeof newer === "string" ? newer : undefined;
}
