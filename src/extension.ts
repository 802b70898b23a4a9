import * as vscode from "vscode";

export function activate(context: vscode.ExtensionContext): void {
  const item = vscode.window.createStatusBarItem("tokenpool.status", vscode.StatusBarAlignment.Right, 100);
  item.text = "TokenPool";
  item.show();
  context.subscriptions.push(item);
}
