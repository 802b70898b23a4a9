import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileChange } from "../../changes/plan";
import type { KeyEdit } from "../../changes/document/edits/keyEdit";
import { Refusal } from "../../changes/refusal";
import type { ClientId } from "../../clients/clientId";
import { ccSwitchObstacle } from "../../clients/codex/ccSwitch/ccSwitchNotices";
import { changeOfConfig as changeOfCodexConfig, planConfiguration } from "../../clients/codex/configure";
import type { CodexState } from "../../clients/codex/state/state";
import { changeOfConfig as changeOfOpencodeConfig } from "../../clients/opencode/configure";
import type { ConfigLayer } from "../../clients/opencode/state/state";
import { CLIENTS } from "../../clients/registry";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { KNOWLEDGE, type ProblemCode } from "./knowledge";
import type { Problem } from "../problem";
import type { Snapshot } from "../snapshot/snapshot";

/** How a problem goes away. */
export type Fix = Pick<Problem, "fix" | "apart" | "action">;

/** A change of files named after the problem it fixes. */
export function planFor(
  code: ProblemCode,
  client: ClientId | undefined,
  files: readonly FileChange[],
): ChangePlan {
  return {
    ...(client && { client }),
    title: titleOf(code),
    files,
    notices: [],
  };
}

function titleOf(code: ProblemCode): string {
  const { does, fix } = KNOWLEDGE[code];
  return (does ?? fix)();
}

/**
 * Changes keys of config.toml. With a ChatGPT login in charge of auth.json the whole configuration is
 * offered instead: a fixed config.toml alone would send the ChatGPT token to the gateway.
 */
export function codexConfigFix(codex: CodexState, code: ProblemCode, edits: readonly KeyEdit[]): Fix {
  if (codex.usesChatGptLogin) return { action: "configure:codex" };
  return { fix: () => planFor(code, "codex", [{ ...changeOfCodexConfig(codex.config), edits }]) };
}

/** Changes keys of one of OpenCode's files; a text in the environment can only be changed by its owner. */
export function opencodeConfigFix(layer: ConfigLayer, code: ProblemCode, edits: readonly KeyEdit[]): Fix {
  if (!layer.editable) return { action: "openDocumentation" };
  return { fix: () => planFor(code, "opencode", [changeOfOpencodeConfig(layer, edits)]) };
}

/** Such a fix is none: who shows problems asks each for its name. Configure says what keeps it from writing. */
export function isRefused(fix: () => ChangePlan): boolean {
  try {
    fix();
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

/** A fix that writes the stored key; without one it has to be set first. */
export function withStoredKey({ apiKey }: Snapshot, plan: (apiKey: string) => ChangePlan): Fix {
  return apiKey === undefined ? { action: "setApiKey" } : { fix: () => plan(apiKey) };
}

/** One of the stored keys that is not in use: the user gave it to a client, so only the problem's own button takes it away. */
export function isOtherStored({ apiKey, storedKeys }: Snapshot, key: string): boolean {
  return key !== apiKey && storedKeys.includes(key);
}

/** What there is to say of a client that uses such a key. */
export function otherStored(snapshot: Snapshot, client: ClientId, key: string): Partial<Problem> {
  if (!isOtherStored(snapshot, key)) return {};
  const name = snapshot.keyNames.get(key) ?? "";
  const cause = l10n.t("{0} uses “{1}”, another of your stored keys.", CLIENTS[client].name, name);
  return { apart: true, severity: "information", message: cause, cause };
}

/** What a client is configured with; undefined while key or address are missing. */
export function profileOf({ apiKey, baseUrl, model, reviewModel }: Snapshot): ConnectionProfile | undefined {
  if (apiKey === undefined || !baseUrl.valid) return undefined;
  return { apiKey, baseUrl: baseUrl.baseUrl, model, reviewModel };
}

/** Everything Configure Codex writes, together with what else has to change for it to count. */
export function configureCodexAnew(
  snapshot: Snapshot,
  code: ProblemCode,
  edits: readonly KeyEdit[] = [],
): Fix {
  const { codex, storedKeys, versions } = snapshot;
  const profile = profileOf(snapshot);
  // The user may have given it another of the stored keys.
  const ownKey = storedKeys.find((key) => key === codex.apiKey);
  // Configure Codex says what keeps it from writing; one plan that is refused would stop all fixes.
  if (!profile || codex.config.problem || codex.auth.problem || ccSwitchObstacle(codex))
    return { action: "configure:codex" };
  const fix = () => {
    const wanted = ownKey === undefined ? profile : { ...profile, apiKey: ownKey };
    const plan = planConfiguration(codex, wanted, { fix: true, versions: versions.codex });
    const files = plan.files.map((file) =>
      file.kind === "edit" && file.path === codex.config.path
        ? { ...file, edits: [...file.edits, ...edits] }
        : file,
    );
    return { ...plan, title: titleOf(code), files };
  };
  return { fix };
}
