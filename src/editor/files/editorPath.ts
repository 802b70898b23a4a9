import * as vscode from "vscode";

/** A path or name whose brackets and braces mean themselves. */
export function asGlob(file: string): string {
  return file.replace(/[[\]{}*?]/g, "[$&]");
}

/** A path as VS Code spells it: on Windows with a small drive letter, where the system has a capital. */
export function editorPath(path: string): string {
  return vscode.Uri.file(path).fsPath;
}
