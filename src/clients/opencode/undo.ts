import type { ChangePlan } from "../../changes/plan";
import type { ChangeStore, JournalEntry } from "../../changes/store";
import { documentIn } from "../../changes/document/readDocument";
import { valueAt } from "../../changes/document/valueAt";
import { prepareProviderUndo } from "../providerUndo";
import { isOurModel, PROVIDER_PATH } from "./state/provider";

/** Plans the way back of a change of OpenCode's files. */
export async function planUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  const formats = new Map(entry.files.map(({ path, format }) => [path, format]));
  const undo = await prepareProviderUndo(store, entry, PROVIDER_PATH, (path, bytes) => {
    return formats.get(path) === "jsonc" && isBroken(bytes);
  });
  return undo.plan;
}

/** Without its package a provider, and without their provider models, make OpenCode fail with every question. */
function isBroken(bytes: Uint8Array | undefined): boolean {
  const document = documentIn("jsonc", bytes);
  const provider = valueAt(document, PROVIDER_PATH);
  if (provider !== undefined) return valueAt(provider, ["npm"]) === undefined;
  return ["model", "small_model"].some((key) => isOurModel(valueAt(document, [key])));
}
