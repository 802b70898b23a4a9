import { problem, type Rule } from "../../problem";
import { wantsTokenPool } from "../../snapshot/ourAddress";

/** Only where somebody needs one: a machine without TokenPool has nothing wrong with it. */
const noKeyStored: Rule = ({ apiKey, codex, opencode }) =>
  apiKey === undefined && (wantsTokenPool(codex) || wantsTokenPool(opencode)) ? [problem("key/missing")] : [];

export const keyRules: readonly Rule[] = [noKeyStored];
