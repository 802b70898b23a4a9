import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileChange } from "../changes/changePlan";
import type { ChangeStore, JournalEntry } from "../changes/changeStore";
import type { KeyPath } from "../changes/keyEdit";
import { type PreparedFile, prepareChange } from "../changes/prepareChange";
import { planUndo } from "../changes/undoChange";

/**
 * Plans the way back of a change. Clients do not start with half a provider: one that cannot go as a whole,
 * because something in it was changed since, stays as it is.
 * @param isBroken the client would not start with such a file
 */
export async function planProviderUndo(
  store: ChangeStore,
  entry: JournalEntry,
  provider: KeyPath,
  isBroken: (file: PreparedFile) => boolean,
): Promise<ChangePlan> {
  const plan = await planUndo(store, entry);
  const broken = (await prepareChange(store.fs, plan)).files.find(isBroken);
  if (!broken) return plan;
  const keeping = await planUndo(store, entry, provider);
  const notice = l10n.t("Left alone in {0}, changed since: {1}", broken.planned.path, provider.join("."));
  // A file without keys of its own, such as one that holds the API key, belongs to the provider.
  return { ...keeping, files: keeping.files.filter(hasKeys), notices: [...keeping.notices, notice] };
}

function hasKeys(file: FileChange): boolean {
  return file.kind === "edit" || file.keys !== undefined;
}
