import * as l10n from "@vscode/l10n";
import type { FileChange } from "../changes/plan";
import type { ChangeStore, JournalEntry } from "../changes/store";
import type { KeyPath } from "../changes/document/edits/keyEdit";
import { type PreparedChange, type PreparedFile, prepareChange } from "../changes/prepare";
import { planUndo } from "../changes/history/undoChange";
import { readBefore } from "../changes/history/before";

/** Plans the way back of a change and works it out. @param keep what stays although the change brought it */
export async function prepareUndo(
  store: ChangeStore,
  entry: JournalEntry,
  keep?: KeyPath,
): Promise<PreparedChange> {
  return prepareChange(store.fs, await planUndo(store, entry, keep));
}

/**
 * The same for a change that may have brought a provider. A file that nobody wrote since gets its old bytes, broken or not: they are the
 * user's. In any other, clients must not be left with half a provider: one that cannot go as a whole, because
 * something in it was changed since, stays as it is, unless it was broken in the same way before us.
 * @param isBroken the client would not start with a file of this path and these bytes
 */
export async function prepareProviderUndo(
  store: ChangeStore,
  entry: JournalEntry,
  provider: KeyPath,
  isBroken: (path: string, bytes: Uint8Array | undefined) => boolean,
): Promise<PreparedChange> {
  const undo = await prepareUndo(store, entry);
  const edited = undo.files.filter(({ planned }) => planned.kind === "edit");
  const broken = await firstOf(edited, async ({ planned: { path }, after }) => {
    return isBroken(path, after) && !isBroken(path, await readBefore(store, entry, path));
  });
  if (!broken) return undo;
  const keeping = await planUndo(store, entry, provider);
  const notice = l10n.t("Left alone in {0}, changed since: {1}", broken.planned.path, provider.join("."));
  // A file without keys of its own, such as one that holds the API key, belongs to the provider.
  const files = keeping.files.filter(hasKeys);
  return prepareChange(store.fs, { ...keeping, files, notices: [...keeping.notices, notice] });
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
