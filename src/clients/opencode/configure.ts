import * as l10n from "@vscode/l10n";
import type { ChangePlan, EditedFile } from "../../changes/plan";
import type { KeyEdit, KeyPath } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import type { ConfigurationOptions } from "../client";
import { refuseUnread } from "../configFile";
import { defaultModelEdits } from "./models/defaultModel";
import { documentedOverrideRemovals } from "./models/documentedOverride";
import { keyFileChange, refuseUnnamable } from "./state/keyFile";
import { modelEntry } from "./models/modelEntry";
import { configurationNotices } from "./notices";
import { fixingEdits } from "./obstacles";
import { PROVIDER_PATH } from "./state/provider";
import type { ConfigLayer, OpencodeState } from "./state/state";

/**
 * Gives OpenCode a provider for TokenPool. The key file goes first: OpenCode does not start while its
 * configuration refers to a file that is not there.
 */
export function planConfiguration(
  state: OpencodeState,
  profile: ConnectionProfile,
  options: ConfigurationOptions,
): ChangePlan {
  refuseUnread(state.layers);
  refuseUnnamable(state);
  const others = state.layers.filter((layer) => layer.editable && layer !== state.config);
  const fixing = (layer: ConfigLayer) => editsOfFix(state, layer, options);
  return {
    client: "opencode",
    title: l10n.t("Configure OpenCode for TokenPool"),
    files: [
      keyFileChange(state, profile.apiKey),
      changeOfConfig(state.config, [...fixing(state.config), ...configEdits(state, profile, options)]),
      ...others.map((layer) => changeOfConfig(layer, fixing(layer))).filter(({ edits }) => edits.length > 0),
    ],
    notices: configurationNotices(state, profile, options),
  };
}

/** Writes a new key for an OpenCode that already uses TokenPool. */
export function planKeyUpdate(state: OpencodeState, apiKey: string): ChangePlan {
  refuseUnread(state.layers);
  return {
    client: "opencode",
    title: l10n.t("Write the new API key for OpenCode"),
    files: [keyFileChange(state, apiKey)],
    notices: [],
  };
}

export function changeOfConfig({ path }: ConfigLayer, edits: readonly KeyEdit[]): EditedFile {
  // OpenCode accepts comments in its .json files too.
  return { kind: "edit", path, format: "jsonc", credential: false, newFileText: "{\n}\n", edits };
}

function editsOfFix(
  state: OpencodeState,
  layer: ConfigLayer,
  { fix, accepted = [] }: ConfigurationOptions,
): KeyEdit[] {
  const moves = accepted.includes("moveDocumentedOverride") && state.documentedOverrides.includes(layer);
  return [...(fix ? fixingEdits(state, layer) : []), ...(moves ? documentedOverrideRemovals(layer) : [])];
}

function configEdits(
  state: OpencodeState,
  profile: ConnectionProfile,
  options: ConfigurationOptions,
): KeyEdit[] {
  const { document } = state.config;
  const set = (path: KeyPath, value: string): KeyEdit => ({ kind: "set", path, value });
  const models = [...new Set([profile.model, profile.reviewModel])];
  return [
    // OpenCode would add it by itself and so rewrite the file.
    ...(valueAt(document, ["$schema"]) === undefined
      ? [set(["$schema"], "https://opencode.ai/config.json")]
      : []),
    ...defaultModelEdits(state, profile.model, options),
    set([...PROVIDER_PATH, "npm"], "@ai-sdk/openai"),
    set([...PROVIDER_PATH, "name"], "TokenPool"),
    set([...PROVIDER_PATH, "options", "baseURL"], `${profile.baseUrl}/v1`),
    set([...PROVIDER_PATH, "options", "apiKey"], state.keyFile.placeholder),
    ...models.filter((model) => !hasModel(document, model)).map(modelEntry),
  ];
}

function hasModel(document: unknown, model: string): boolean {
  return valueAt(document, [...PROVIDER_PATH, "models", model]) !== undefined;
}
