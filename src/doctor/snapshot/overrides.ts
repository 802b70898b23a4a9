import * as l10n from "@vscode/l10n";
import { valueAt } from "../../changes/document/valueAt";
import type { ClientFile } from "../../clients/configFile";
import type { ClientState } from "../../clients/client";
import { type ClientId, forEachClient } from "../../clients/clientId";
import { overridingVariable } from "../../clients/codex/state/variables";
import { PROVIDER_PATH } from "../../clients/opencode/state/provider";
import { profileOf } from "./codexProfiles";
import type { Snapshot } from "./snapshot";

/** Something that a client prefers to the configuration that TokenPool writes. */
export interface Override {
  readonly by: "environment" | "project" | "profile" | "file";
  /** Names of variables or dotted names of keys; never values. */
  readonly names: readonly string[];
  /** The file it stands in. */
  readonly path?: string;
}

/** What Codex takes from a project that the user trusts. */
const CODEX_PROJECT_KEYS = ["model", "review_model"];

const CODEX_PROFILE_KEYS = ["model_provider", ...CODEX_PROJECT_KEYS];

/** For each client, the strongest first. */
export function overridesOf(snapshot: Snapshot): Readonly<Record<ClientId, readonly Override[]>> {
  return {
    ...forEachClient((id) => overridingFiles(snapshot[id])),
    codex: codexOverrides(snapshot),
    opencode: opencodeOverrides(snapshot),
  };
}

/** A link of the chain in words, such as "~/project/opencode.json: model". */
export function describeOverride({ by, names, path }: Override, shorten: (path: string) => string): string {
  const what = names.join(", ");
  const profile = profileOf(path ?? "");
  if (path !== undefined && profile !== "")
    return l10n.t("{0}: {1}, with --profile {2}", shorten(path), what, profile);
  if (path !== undefined) return `${shorten(path)}: ${what}`;
  return by === "environment" ? l10n.t("environment variable {0}", what) : what;
}

function codexOverrides({ codex, codexProfiles, projectFiles }: Snapshot): Override[] {
  const found = overridingFiles(codex);
  const variable = overridingVariable(codex.variables, "");
  if (variable !== undefined) found.push({ by: "environment", names: [variable] });
  found.push(...keysIn(projectFiles.codex, CODEX_PROJECT_KEYS, "project"));
  found.push(...keysIn(codexProfiles, CODEX_PROFILE_KEYS, "profile"));
  if (valueAt(codex.config.document, ["profile"]) !== undefined) {
    found.push({ by: "profile", names: ["profile"], path: codex.config.path });
  }
  return found;
}

function overridingFiles({ overriddenBy }: ClientState): Override[] {
  return overriddenBy.map(({ path, keys }) => ({ by: "file", names: keys, path }));
}

function keysIn(files: readonly ClientFile[], keys: readonly string[], by: Override["by"]): Override[] {
  return files.flatMap(({ path, document }) => {
    const names = keys.filter((key) => valueAt(document, [key]) !== undefined);
    return names.length > 0 ? [{ by, names, path }] : [];
  });
}

function opencodeOverrides({ opencode, projectFiles }: Snapshot): Override[] {
  const projects = projectFiles.opencode.flatMap(({ path, document }): Override[] => {
    const keys = [["model"], ["small_model"], [...PROVIDER_PATH]];
    const names = keys.filter((key) => valueAt(document, key) !== undefined).map((key) => key.join("."));
    return names.length > 0 ? [{ by: "project", names, path }] : [];
  });
  // The strongest of them is read last, and all of the user's after those of projects.
  return [...projects, ...overridingFiles(opencode)].reverse();
}
