import type { Action } from "../../action";
import type { ClientId } from "../../../clients/clientId";
import { problem, type Rule } from "../../problem";
import { wantsTokenPool } from "../../snapshot/ourAddress";

const INSTALL: Readonly<Record<ClientId, Action>> = { codex: "installCodex", opencode: "installOpenCode" };

/** Configuring before installing is fine; it only should not be forgotten. */
const notInstalled: Rule = ({ codex, opencode, versions }) =>
  [codex, opencode]
    .filter((state) => wantsTokenPool(state) && versions[state.client].length === 0)
    .map(({ client }) => problem("client/not-installed", { client, action: INSTALL[client] }));

export const clientRules: readonly Rule[] = [notInstalled];
