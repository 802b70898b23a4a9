import { CLIENT_IDS } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import type { Problem } from "../../doctor/problem";
import { isDrift } from "../../doctor/problems/codex/use/drift";
import type { Look } from "../diagnosis/look";
import type { ClientStatus, Drift } from "./statusTooltip";

/** What the status bar tells of the clients. */
export function clientStatusOf({ snapshot, problems }: Look): ClientStatus {
  return {
    use: CLIENT_IDS.map((id) => ({ name: CLIENTS[id].name, usesTokenPool: snapshot[id].usesTokenPool })),
    drift: problems.filter(isDrift).map(toDrift),
  };
}

function toDrift({ code, path, message, fix }: Problem): Drift {
  return { code, message, ...(path !== undefined && { path }), ...(fix && { fixTitle: fix().title }) };
}
