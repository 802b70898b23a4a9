import * as vscode from "vscode";

/** A path as VS Code spells it: on Windows with a small drive letter, where the system has a capital. */
export function editorPath(path: string): string {
  return vscode.Uri.file(path).fsPath;
}
