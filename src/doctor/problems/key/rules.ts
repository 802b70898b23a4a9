import * as l10n from "@vscode/l10n";
import { formatList } from "../../../gateway/formats";
import type { ClientState } from "../../../clients/client";
import { CLIENTS } from "../../../clients/registry";
import { checkApiKey } from "../../../gateway/apiKey";
import { problem, type Rule } from "../../problem";
import { hasOtherKeys } from "../../snapshot/otherKeys";
import { usesTokenPool, wantsTokenPool } from "../../snapshot/ourAddress";
import { statesIn } from "../../snapshot/snapshot";

/** Only where somebody needs one: a machine without TokenPool has nothing wrong with it. */
const noKeyStored: Rule = (snapshot) => {
  const states = statesIn(snapshot);
  const isWanted = states.some((state) => wantsTokenPool(state) || usesTokenPool(state));
  if (snapshot.apiKey !== undefined || !isWanted) return [];
  if (hasOtherKeys(snapshot)) return [problem("key/missing", noneInUse())];
  const users = states.filter(hasKey);
  return [problem("key/missing", users.length > 0 ? takeOver(users) : {})];
};

/** Keys are there, and which one is used next only the user decides. */
function noneInUse() {
  const message = l10n.t("No API key is in use. Others are stored: choose one of them.");
  return {
    title: l10n.t("Choose a Key"),
    message,
    cause: message,
    help: l10n.t("Choose the key to use from now on, here and in your clients"),
    action: "selectApiKey",
  } as const;
}

/** Set Up can take it over. */
function hasKey({ usesTokenPool: byOurs, apiKey = "", otherProviders = [] }: ClientState): boolean {
  const keys = [...(byOurs ? [apiKey] : []), ...otherProviders.map((other) => other.apiKey ?? "")];
  return keys.some((key) => checkApiKey(key).valid);
}

/** The key is there, and only VS Code does not know it. */
function takeOver(users: readonly ClientState[]) {
  const names = formatList(users.map(({ client }) => CLIENTS[client].name));
  const message = l10n.t(
    "TokenPool is in use already ({0}), and this extension does not have the key yet.",
    names,
  );
  return {
    message,
    help: l10n.t("Run “TokenPool: Set Up…”. It offers to use the same key."),
    action: "setUp",
  } as const;
}

export const keyRules: readonly Rule[] = [noKeyStored];
