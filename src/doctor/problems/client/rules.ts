import type { Action } from "../../action";
import * as l10n from "@vscode/l10n";
import { CLIENT_IDS, type ClientId } from "../../../clients/clientId";
import { CLIENTS } from "../../../clients/registry";
import { problem, type Rule } from "../../problem";
import { wantsTokenPool } from "../../snapshot/ourAddress";

const INSTALL: Readonly<Record<ClientId, Action>> = { codex: "installCodex", opencode: "installOpenCode" };

/** Configuring before installing is fine; it only should not be forgotten. */
const notInstalled: Rule = ({ codex, opencode, versions }) =>
  [codex, opencode]
    .filter((state) => wantsTokenPool(state) && versions[state.client].length === 0)
    .map(({ client }) => problem("client/not-installed", { client, action: INSTALL[client] }));

/** The client's own word, whatever other rules have found: only the program knows all that it rejects. */
const doesNotStart: Rule = ({ startChecks }) =>
  CLIENT_IDS.flatMap((client) => {
    const check = startChecks[client];
    if (!check || check.starts) return [];
    const { words, path, range } = check;
    const name = CLIENTS[client].name;
    return problem(`${client}/does-not-start`, {
      client,
      message: l10n.t("{0} does not start with this configuration. It says: {1}", name, words),
      ...(path !== undefined && { path }),
      ...(range && { range }),
      evidence: words,
    });
  });

export const clientRules: readonly Rule[] = [notInstalled, doesNotStart];
