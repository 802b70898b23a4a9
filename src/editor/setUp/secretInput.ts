import * as vscode from "vscode";
import { createInputBox } from "../messages/plainWindow";

export interface SecretQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly link: { readonly tooltip: string; readonly url: string };
  /**
   * Judges the text when the user presses Enter: "accept" ends the dialog, a message keeps it open.
   * @param signal aborts when the user leaves meanwhile, or types something else
   * @param wait tells why it takes longer; from then on something else may be typed
   */
  readonly check: (
    text: string,
    signal: AbortSignal,
    wait: (reason: string) => void,
  ) => Promise<"accept" | vscode.InputBoxValidationMessage>;
}

/** A hidden input with a show/hide button and a link. @returns the text, or undefined when the user left */
export function askForSecret(question: SecretQuestion): Promise<string | undefined> {
  const box = createInputBox();
  const link: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("link-external"),
    tooltip: question.link.tooltip,
  };
  let checking = new AbortController();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  // Copying the key from the browser takes the focus away; the box must still be there afterwards.
  box.ignoreFocusOut = true;
  setHidden(box, link, true);
  return new Promise((resolve) => {
    box.onDidTriggerButton((button) => {
      if (button === link) void vscode.env.openExternal(vscode.Uri.parse(question.link.url));
      else setHidden(box, link, !box.password);
    });
    box.onDidChangeValue(() => {
      checking.abort();
      setBusy(box, false);
      box.validationMessage = undefined;
    });
    box.onDidAccept(async () => {
      if (box.busy) return;
      const { signal } = (checking = new AbortController());
      setBusy(box, true);
      const verdict = await question.check(box.value, signal, (reason) => {
        box.enabled = true;
        box.validationMessage = { message: reason, severity: vscode.InputBoxValidationSeverity.Info };
      });
      if (signal.aborted) return;
      setBusy(box, false);
      if (verdict !== "accept") box.validationMessage = verdict;
      else {
        resolve(box.value);
        box.hide();
      }
    });
    box.onDidHide(() => {
      checking.abort();
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function setHidden(box: vscode.InputBox, link: vscode.QuickInputButton, hidden: boolean): void {
  box.password = hidden;
  const toggle: vscode.QuickInputButton = hidden
    ? { iconPath: new vscode.ThemeIcon("eye"), tooltip: vscode.l10n.t("Show the key") }
    : { iconPath: new vscode.ThemeIcon("eye-closed"), tooltip: vscode.l10n.t("Hide the key") };
  box.buttons = [toggle, link];
}

function setBusy(box: vscode.InputBox, busy: boolean): void {
  box.busy = busy;
  box.enabled = !busy;
}
