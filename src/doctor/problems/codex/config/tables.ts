import type { KeyPath } from "../../../../changes/document/edits/keyEdit";
import { codexProviders, leadsToTokenPool } from "../../../snapshot/codexProvider";
import type { Snapshot } from "../../../snapshot/snapshot";

/** Tables of config.toml whose provider is meant to be TokenPool's, in use or not. */
export function tokenPoolTables({ codex, baseUrl }: Snapshot): KeyPath[] {
  const chosen = baseUrl.valid ? baseUrl.baseUrl : "";
  return codexProviders(codex)
    .filter((provider) => leadsToTokenPool(provider, chosen))
    .map(({ path }) => path);
}
