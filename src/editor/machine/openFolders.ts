import * as vscode from "vscode";
import { isWithin } from "../../changes/spelling";

/** Absolute paths of the folders on this machine that are open. */
export function openFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

/**
 * The open folders that no program may be started from. Where the user opened the home directory and trusts it,
 * the programs in it are the user's own.
 */
export function foreignFolders(homeDirectory: string): string[] {
  const { isTrusted } = vscode.workspace;
  return openFolders().filter((folder) => !isTrusted || !isWithin(folder, homeDirectory));
}
