import * as vscode from "vscode";
import { EXTENSION_ID, WALKTHROUGH } from "../../ids";

/** Opens the walkthrough at the first step that is not done. */
export async function getStarted(): Promise<void> {
  const walkthrough = `${EXTENSION_ID}#${WALKTHROUGH}`;
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}
