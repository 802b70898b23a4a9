import * as vscode from "vscode";
import type { PreparedChange } from "../../changes/prepare";
import { Command, ContextKey, PREVIEW_SCHEME } from "../../ids";
import { isShown, showInformationMessage } from "../messages/plainWindow";
import { type PreviewAnswer, PreviewQuestion } from "./previewQuestion";

/** VS Code shows only few messages in a second, and the one on what was done is worth more. */
const POINTER_DELAY_MS = 1_500;

/**
 * Shows changes in VS Code's multi-file diff, one question after the other. Apply, Cancel and Change… are in the
 * title of the diff and in the palette until the question is answered; closing the diff means Cancel.
 */
export class ChangePreview implements vscode.Disposable {
  private readonly registrations: vscode.Disposable[];
  private question: PreviewQuestion | undefined;
  /** Resolves when nobody else's turn is left. */
  private lastTurn: Promise<void> = Promise.resolve();
  private number = 0;

  constructor() {
    const answering = (answer: PreviewAnswer) => () => this.question?.answer(answer);
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
        provideTextDocumentContent: (uri) => this.question?.textAt(uri) ?? "",
      }),
      vscode.commands.registerCommand(Command.applyPreview, answering("apply")),
      vscode.commands.registerCommand(Command.cancelPreview, answering("cancel")),
      vscode.commands.registerCommand(Command.changePreview, answering("change")),
    ];
  }

  /**
   * Waits until no other question is open, so that what is then planned, shown and written belongs together.
   * @returns ends the turn
   */
  async turn(): Promise<() => void> {
    const before = this.lastTurn;
    let end = () => {};
    this.lastTurn = new Promise<void>((resolve) => (end = resolve)).then(() => before);
    if (this.question) this.remind(this.question);
    await before;
    return end;
  }

  /**
   * Asks in a turn of its own. Secrets are masked in what is shown.
   * @param changeable offer Change… too
   * @param why the question comes once more: its first sentence
   */
  async ask(
    changes: readonly PreparedChange[],
    notices: readonly string[],
    changeable: boolean,
    why = "",
  ): Promise<PreviewAnswer> {
    // A number of its own for every question: VS Code would show the cached text of an earlier one.
    const question = await PreviewQuestion.of(changes, notices, String(++this.number), why);
    this.question = question;
    await setContext(true, changeable);
    const pointing = setTimeout(() => void this.point(question), POINTER_DELAY_MS);
    try {
      await question.show();
      isShown();
      return await question.answered;
    } finally {
      clearTimeout(pointing);
      // A diff that could not be shown has no other answer, and would be watched for ever.
      question.answer("cancel");
      this.question = undefined;
      await setContext(false, false);
      await question.close();
    }
  }

  dispose(): void {
    this.question?.answer("cancel");
    for (const registration of this.registrations) registration.dispose();
  }

  /**
   * For who looks for the buttons elsewhere; whoever has found them is not bothered. VS Code lets nobody take a message
   * away, so it says nothing that is no longer true after the answer.
   */
  private async point(question: PreviewQuestion): Promise<void> {
    const where = vscode.l10n.t("Choose Apply or Cancel above the changes.");
    const choice = await showInformationMessage(where, vscode.l10n.t("Show Changes"));
    if (choice !== undefined && question === this.question) await question.reveal();
  }

  /** Two previews at once would leave it open which of them an Apply means. */
  private remind(question: PreviewQuestion): void {
    question.reveal().catch(() => undefined);
    void showInformationMessage(
      vscode.l10n.t("Apply or cancel the change that is shown first. The next one follows."),
    );
  }
}

async function setContext(open: boolean, changeable: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", ContextKey.previewOpen, open);
  await vscode.commands.executeCommand("setContext", ContextKey.previewChangeable, changeable);
}
