import type { ChangePlan } from "../../changes/plan";
import { valueAt } from "../../changes/document/valueAt";
import { stringAt } from "../../clients/configFile";
import { codexProviderInUse } from "../snapshot/codexProvider";
import { diagnose } from "../diagnose";
import type { ProblemCode } from "../problems/knowledge";
import { codexConfigFix } from "../problems/fix";
import type { Snapshot } from "../snapshot/snapshot";

/**
 * The change of files that fixes what an error text tells of on this machine: the fix of the finding with
 * the code, or one for a problem that no file shows. Undefined where no change of files helps.
 */
export function fixFor(code: ProblemCode, snapshot: Snapshot): (() => ChangePlan) | undefined {
  if (code === "codex/remote-compaction") return compactHere(snapshot);
  return diagnose(snapshot).find((found) => found.code === code && found.fix)?.fix;
}

/** Only a provider of exactly this name is expected to compact conversations itself. */
function compactHere({ codex }: Snapshot): (() => ChangePlan) | undefined {
  const provider = codexProviderInUse(codex);
  if (!provider || !codex.usesTokenPool || stringAt(codex.config, [...provider.path, "name"]) !== "OpenAI")
    return undefined;
  const path = [...provider.path, "capabilities"];
  const key = [...path, "remote_compaction"];
  if (valueAt(codex.config.document, key) === "unsupported") return undefined;
  const isNew = valueAt(codex.config.document, path) === undefined;
  return codexConfigFix(codex, "codex/remote-compaction", [
    isNew
      ? { kind: "setRaw", path, raw: '{ remote_compaction = "unsupported" }' }
      : { kind: "set", path: key, value: "unsupported" },
  ]).fix;
}
