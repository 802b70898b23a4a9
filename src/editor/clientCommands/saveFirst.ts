import * as vscode from "vscode";
import { isSamePlace } from "../../changes/spelling";
import { showWarningMessage } from "../messages/plainWindow";

/**
 * Changes are written to the files, so what stands in editors only has to be there first.
 * @returns whether everything is on the disk
 */
export async function saveFirst(paths: readonly string[]): Promise<boolean> {
  const documents = vscode.workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && paths.some((path) => isSamePlace(path, uri.fsPath)),
  );
  if (documents.length === 0) return true;
  const save = vscode.l10n.t("Save and Continue");
  const question =
    documents.length === 1
      ? vscode.l10n.t("The file has unsaved changes. Save them first?")
      : vscode.l10n.t("Files with unsaved changes: {0}. Save them first?", documents.length);
  if ((await showWarningMessage(question, { modal: true }, save)) !== save) return false;
  for (const document of documents) if (!(await document.save())) return false;
  return true;
}
