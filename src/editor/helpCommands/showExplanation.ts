import * as vscode from "vscode";
import type { Explanation } from "../../doctor/explain/explain";
import { KNOWLEDGE } from "../../doctor/problems/knowledge";
import { Command } from "../../ids";
import { panelAction } from "../../panel/actionLabels";
import { showInformationMessage } from "../messages/plainWindow";
import { runAction } from "../panel/troubleshooting";

interface Button extends vscode.MessageItem {
  readonly run: () => Thenable<unknown>;
}

/** One entry of the knowledge base, whole: a quick pick or a notification would cut its sentences off. */
export async function showExplanation({ code, title, cause, fix, fixable }: Explanation): Promise<void> {
  const options = { modal: true, detail: `${cause}\n\n${fix}` };
  const panel: Button = {
    title: vscode.l10n.t("Open Troubleshooting"),
    run: () => vscode.commands.executeCommand(Command.troubleshoot),
  };
  const help = fixable ? fixButton(code) : actionButton(code);
  const buttons = help ? [help, panel] : [panel];
  const chosen = await showInformationMessage(title, options, ...buttons);
  await chosen?.run();
}

function fixButton(code: string): Button {
  return {
    title: vscode.l10n.t("Fix…"),
    run: () => vscode.commands.executeCommand(Command.applyFix, { code }),
  };
}

function actionButton(code: string): Button | undefined {
  const action = KNOWLEDGE[code]?.action;
  return action && { title: panelAction(action).label, run: () => runAction(action) };
}
