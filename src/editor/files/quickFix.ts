import * as vscode from "vscode";
import type { Command } from "../../ids";

/** A quick fix that runs one of our commands: every change goes through its preview, never straight into the buffer. */
export function quickFix(title: string, command: Command, argument?: object): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command, title, ...(argument && { arguments: [argument] }) };
  return action;
}

/** The one that VS Code applies when somebody asks for "the" fix. */
export function preferred(action: vscode.CodeAction): vscode.CodeAction {
  action.isPreferred = true;
  return action;
}
