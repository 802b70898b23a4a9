import type { CodexState } from "../../../clients/codex/state/state";
import type { OpencodeState } from "../../../clients/opencode/state/state";
import { hasLiteralKey } from "../../snapshot/opencodeKey";
import { wantsTokenPool } from "../../snapshot/ourAddress";

/** The files that hold a key for TokenPool, whatever kind of file they are. */
export function credentialFiles(
  codex: CodexState,
  opencode: OpencodeState,
  apiKey: string | undefined,
): string[] {
  const ofCodex = codex.apiKey !== undefined && (wantsTokenPool(codex) || codex.apiKey === apiKey);
  const configs = opencode.layers.filter((layer) => layer.editable && hasLiteralKey(layer, apiKey));
  return [
    ...(ofCodex ? [codex.ccSwitch?.keepsTokenInConfig ? codex.config.path : codex.auth.path] : []),
    // Nobody but TokenPool writes it; where there is none, Git is not asked.
    opencode.keyFile.path,
    ...configs.map(({ path }) => path),
  ];
}
