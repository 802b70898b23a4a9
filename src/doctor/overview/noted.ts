import { writtenAt } from "../../changes/history/writtenValues";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { isPartOfAll } from "../fixes/allFixes";
import type { Action } from "../action";
import type { Severity } from "../finding";
import { type Problem, problemId } from "../problem";
import { isDrift } from "../problems/codex/use/drift";
import type { ProblemCode } from "../problems/knowledge";
import { hasOtherKeys } from "../snapshot/otherKeys";
import { isAtTokenPool, usesTokenPool, wantsTokenPool } from "../snapshot/ourAddress";
import type { Snapshot } from "../snapshot/snapshot";
import { partOf, type SetUpPart } from "./partOf";

/** What one line can tell of a look at the machine; plain JSON without any secret, so it may be kept and compared. */
export interface Noted {
  readonly clients: readonly NotedClient[];
  /** All of them, the worst first. */
  readonly problems: readonly NotedProblem[];
  /** A key is stored beside the one in use. */
  readonly hasOtherKeys?: true;
  /** Whom Codex can be given back to: TokenPool was chosen by us, or that was taken back, beside a ChatGPT login. */
  readonly wayBack?: "chatGpt" | "tokenPool";
}

/** "works": will use TokenPool; "broken": is meant to, but will not; "none": is not meant to. */
export interface NotedClient {
  readonly id: ClientId;
  readonly name: string;
  readonly use: "works" | "broken" | "none";
}

export interface NotedProblem {
  readonly id: string;
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly part: SetUpPart;
  readonly title: string;
  readonly message: string;
  readonly path?: string;
  /** Of the change of files that fixes it, if there is one. */
  readonly fixTitle?: string;
  /** Fix All takes it away too. */
  readonly isPartOfAll: boolean;
  /** What helps otherwise. */
  readonly action?: Action;
  /** Somebody changed what we had written. */
  readonly isDrift: boolean;
}

export function notedOf(snapshot: Snapshot, problems: readonly Problem[]): Noted {
  const wayBack = wayBackOf(snapshot);
  return {
    ...(wayBack && { wayBack }),
    ...(hasOtherKeys(snapshot) && { hasOtherKeys: true }),
    clients: CLIENT_IDS.map((id) => ({ id, name: CLIENTS[id].name, use: useOf(snapshot, problems, id) })),
    problems: problems.map((each) => toNoted(each, snapshot)),
  };
}

function wayBackOf({ codex, written, apiKey }: Snapshot): Noted["wayBack"] {
  const chosen = writtenAt(written, codex.config, ["model_provider"]);
  if (!chosen || !codex.hasChatGptLogin) return undefined;
  if (codex.usesTokenPool)
    return chosen.valueHash !== undefined && !codex.usesChatGptLogin ? "chatGpt" : undefined;
  // No value of ours any more: it was taken back by us, not written over by somebody.
  const isTakenBack = chosen.valueHash === undefined && chosen.allHashes.length > 0;
  return isTakenBack && codex.usesChatGptLogin && apiKey !== undefined ? "tokenPool" : undefined;
}

/** An error of a client's own keeps it from working, whatever its files say. */
function useOf(snapshot: Snapshot, problems: readonly Problem[], id: ClientId): NotedClient["use"] {
  const state = snapshot[id];
  if (!wantsTokenPool(state) && !usesTokenPool(state)) return "none";
  const isStopped = problems.some(({ client, severity }) => client === id && severity === "error");
  const isThere = state.usesTokenPool ? isAtTokenPool(state, snapshot.baseUrl) : usesTokenPool(state);
  return isStopped || !isThere ? "broken" : "works";
}

function toNoted(found: Problem, snapshot: Snapshot): NotedProblem {
  const { code, severity, title, message, path, fix, action } = found;
  return {
    id: problemId(found),
    code,
    severity,
    part: partOf(found, snapshot),
    title,
    message,
    isDrift: isDrift(found),
    isPartOfAll: isPartOfAll(found),
    ...(path !== undefined && { path }),
    ...(fix && { fixTitle: fix().title }),
    ...(action && { action }),
  };
}
