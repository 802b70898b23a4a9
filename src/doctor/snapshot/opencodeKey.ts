import type { KeyPath } from "../../changes/document/edits/keyEdit";
import { stringAt } from "../../clients/configFile";
import { OPENAI_PATH, PROVIDER_PATH } from "../../clients/opencode/state/provider";
import { type ConfigLayer, type OpencodeState, winner } from "../../clients/opencode/state/state";

/** Where OpenCode takes its key for TokenPool from. */
export interface KeyInForce {
  readonly layer: ConfigLayer;
  readonly path: KeyPath;
  /** As it stands in the configuration: the key itself or a placeholder. */
  readonly raw: string;
}

/** The provider that leads to TokenPool, if any does. */
export function providerInUse({ layers, documentedOverrides }: OpencodeState): KeyPath | undefined {
  if (winner(layers, PROVIDER_PATH)) return PROVIDER_PATH;
  return documentedOverrides.length > 0 ? OPENAI_PATH : undefined;
}

export function keyInForce(opencode: OpencodeState): KeyInForce | undefined {
  const provider = providerInUse(opencode);
  if (!provider) return undefined;
  const path = [...provider, "options", "apiKey"];
  const layer = winner(opencode.layers, path);
  const raw = layer && stringAt(layer, path);
  return layer && raw !== undefined ? { layer, path, raw } : undefined;
}
