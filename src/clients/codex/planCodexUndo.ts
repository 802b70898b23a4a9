import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../changes/changePlan";
import type { ChangeStore, JournalEntry } from "../../changes/changeStore";
import { type PreparedFile, prepareChange } from "../../changes/prepareChange";
import { planUndo } from "../../changes/undoChange";
import { providerIn } from "./conversations";
import { PROVIDER_PATH } from "./codexState";

/**
 * Plans the way back of a change of Codex's files. Codex does not start while a provider has no name: a table
 * that cannot go as a whole, because something in it was changed since, stays as it is.
 */
export async function planCodexUndo(store: ChangeStore, entry: JournalEntry): Promise<ChangePlan> {
  const plan = await planUndo(store, entry);
  const { files } = await prepareChange(store.fs, plan);
  const nameless = files.find(isNameless);
  if (!nameless) return plan;
  const keeping = await planUndo(store, entry, PROVIDER_PATH);
  const notice = l10n.t(
    "Left alone in {0}, changed since: {1}",
    nameless.planned.path,
    PROVIDER_PATH.join("."),
  );
  return { ...keeping, notices: [...keeping.notices, notice] };
}

function isNameless({ planned, after }: PreparedFile): boolean {
  const provider = planned.path.endsWith("config.toml") ? providerIn(after) : undefined;
  return typeof provider === "object" && provider !== null && !("name" in provider);
}
