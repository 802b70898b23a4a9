import { problem, type Rule } from "../../problem";
import { hasOtherKeys } from "../../snapshot/otherKeys";
import { wantsTokenPool } from "../../snapshot/ourAddress";

/** Only where somebody needs one: a machine without TokenPool has nothing wrong with it. */
const noKeyStored: Rule = (snapshot) => {
  const { apiKey, codex, opencode } = snapshot;
  if (apiKey !== undefined || !(wantsTokenPool(codex) || wantsTokenPool(opencode))) return [];
  return [problem("key/missing", hasOtherKeys(snapshot) ? { action: "selectApiKey" } : {})];
};

export const keyRules: readonly Rule[] = [noKeyStored];
