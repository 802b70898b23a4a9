import * as l10n from "@vscode/l10n";
import type { ChangePlan, FileChange } from "../changes/plan";
import type { ChangeStore, JournalEntry } from "../changes/store";
import type { KeyPath } from "../changes/document/edits/keyEdit";
import { type PreparedFile, prepareChange } from "../changes/prepare";
import { planUndo } from "../changes/history/undoChange";
import { readBefore } from "./readBefore";

/**
 * Plans the way back of a change. A file that nobody wrote since gets its old bytes, broken or not: they are the
 * user's. In any other, clients must not be left with half a provider: one that cannot go as a whole, because
 * something in it was changed since, stays as it is, unless it was broken in the same way before us.
 * @param isBroken the client would not start with a file of this path and these bytes
 */
export async function planProviderUndo(
  store: ChangeStore,
  entry: JournalEntry,
  provider: KeyPath,
  isBroken: (path: string, bytes: Uint8Array | undefined) => boolean,
): Promise<ChangePlan> {
  const plan = await planUndo(store, entry);
  const edited = (await prepareChange(store.fs, plan)).files.filter(({ planned }) => planned.kind === "edit");
  const broken = await firstOf(edited, async ({ planned: { path }, after }) => {
    return isBroken(path, after) && !isBroken(path, await readBefore(store, entry, path));
  });
  if (!broken) return plan;
  const keeping = await planUndo(store, entry, provider);
  const notice = l10n.t("Left alone in {0}, changed since: {1}", broken.planned.path, provider.join("."));
  // A file without keys of its own, such as one that holds the API key, belongs to the provider.
  return { ...keeping, files: keeping.files.filter(hasKeys), notices: [...keeping.notices, notice] };
}

async function firstOf(
  files: readonly PreparedFile[],
  test: (file: PreparedFile) => Promise<boolean>,
): Promise<PreparedFile | undefined> {
  for (const file of files) if (await test(file)) return file;
  return undefined;
}

function hasKeys(file: FileChange): boolean {
  return file.kind === "edit" || file.keys !== undefined;
}
