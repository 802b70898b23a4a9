import type { KeyEdit } from "../../../changes/document/edits/keyEdit";
import type { ConfigurationOptions } from "../../client";
import { isOurModel, PROVIDER_ID } from "../state/provider";
import { effective, type OpencodeState } from "../state/state";

/**
 * The small model follows the default model: alone it would send the titles of conversations with
 * another provider to TokenPool.
 */
export function defaultModelEdits(
  state: OpencodeState,
  model: string,
  options: ConfigurationOptions,
): KeyEdit[] {
  const keys = ["model", "small_model"].filter((key) =>
    mayReplace(state, effective(state.layers, [key]), options),
  );
  if (!keys.includes("model")) return [];
  return keys.map((key) => ({ kind: "set", path: [key], value: `${PROVIDER_ID}/${model}` }));
}

/** True for a default model that is not set, is ours, came with the hand-made override, or may go. */
export function mayReplace(state: OpencodeState, current: unknown, options: ConfigurationOptions): boolean {
  const accepted = options.accepted ?? [];
  const moved =
    accepted.includes("moveDocumentedOverride") &&
    state.documentedOverrides.length > 0 &&
    String(current).startsWith("openai/");
  return current === undefined || isOurModel(current) || moved || accepted.includes("replaceDefaultModel");
}
