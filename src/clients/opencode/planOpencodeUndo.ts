import type { ChangePlan } from "../../changes/changePlan";
import type { ChangeStore, JournalEntry } from "../../changes/changeStore";
import type { PreparedFile } from "../../changes/prepareChange";
import { documentIn } from "../../changes/readDocument";
import { valueAt } from "../../changes/valueAt";
import { planProviderUndo } from "../planProviderUndo";
import { isOurModel, PROVIDER_PATH } from "./opencodeProvider";

/** Plans the way back of a change of OpenCode's files. */
export function planOpencodeUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  return planProviderUndo(store, entry, PROVIDER_PATH, isBroken);
}

/** Without its package a provider, and without their provider models, make OpenCode fail with every question. */
function isBroken({ planned, after }: PreparedFile): boolean {
  if ((planned.kind === "edit" ? planned : planned.keys)?.format !== "jsonc") return false;
  const document = documentIn("jsonc", after);
  const provider = valueAt(document, PROVIDER_PATH);
  if (provider !== undefined) return valueAt(provider, ["npm"]) === undefined;
  return ["model", "small_model"].some((key) => isOurModel(valueAt(document, [key])));
}
