import * as os from "node:os";
import * as vscode from "vscode";
import type { PreparedChange } from "../../changes/prepare";
import { PREVIEW_SCHEME } from "../../ids";
import { breakLines } from "./breakLines";

export type PreviewAnswer = "apply" | "change" | "cancel";

/** What `vscode.changes` takes for each file: what it is called, what it was, what it becomes. */
type ShownFile = readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined];

/** One question with its own diff and its own answer: what answers another one does not reach it. */
export class PreviewQuestion {
  readonly answered: Promise<PreviewAnswer>;
  private resolve: (answer: PreviewAnswer) => void = () => {};
  private readonly texts = new Map<string, string>();
  private readonly files: ShownFile[] = [];
  private readonly watching: vscode.Disposable;
  /** The diff is closed to be shown again, which answers nothing. */
  private isMoving = false;
  private isOver = false;

  private constructor(
    private readonly title: string,
    private readonly id: string,
  ) {
    this.answered = new Promise((resolve) => (this.resolve = resolve));
    this.watching = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (!this.isMoving && closed.some((tab) => this.isShownIn(tab))) this.answer("cancel");
    });
  }

  /** @param id tells it from every other question */
  static async of(
    changes: readonly PreparedChange[],
    notices: readonly string[],
    id: string,
    why = "",
  ): Promise<PreviewQuestion> {
    const { isUnchanged, noticesOf } = await import("../../changes/prepare");
    const { summaryOf } = await import("../../changes/summary");
    const { shownTexts } = await import("./shownTexts");
    const changing = changes.filter((change) => !isUnchanged(change));
    const titles = changing.map(({ plan }) => plan.title).join(" · ");
    const question = new PreviewQuestion(vscode.l10n.t("TokenPool: {0} (preview)", titles), id);
    const said = [...summaryOf(changing), ...place(), ...changing.flatMap(noticesOf), ...notices];
    const sentences = why ? [why, ...said] : said;
    question.add(
      `/${vscode.l10n.t("What changes")}`,
      shownTexts(undefined, sentences.map(breakLines).join("\n")),
    );
    const files = changing.flatMap(({ files }) => files).filter(({ change }) => change !== "unchanged");
    for (const file of files)
      question.add(file.planned.path, shownTexts(file.before, file.after, file.planned.credential));
    return question;
  }

  /** The text of one side of a file, as it is shown. */
  textAt(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  answer(answer: PreviewAnswer): void {
    this.isOver = true;
    this.watching.dispose();
    this.resolve(answer);
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand("vscode.changes", this.title, this.files);
  }

  /** Brings the diff to the front. VS Code has no way to do that with the tab that is there. */
  async reveal(): Promise<void> {
    if (this.tabs().some((tab) => tab.isActive && tab.group.isActive)) return;
    this.isMoving = true;
    try {
      await this.close();
    } finally {
      // Else closing the diff would never again be an answer.
      this.isMoving = false;
    }
    if (!this.isOver) await this.show();
    // Answered meanwhile: then nobody else closes what was just shown.
    if (this.isOver) await this.close();
  }

  async close(): Promise<void> {
    await vscode.window.tabGroups.close(this.tabs());
  }

  private add(path: string, { before, after }: { before?: string; after?: string }): void {
    const side = (name: string, text: string | undefined) => {
      if (text === undefined) return undefined;
      const uri = vscode.Uri.from({ scheme: PREVIEW_SCHEME, path, query: `${this.id}&${name}` });
      this.texts.set(uri.toString(), text);
      return uri;
    };
    this.files.push([vscode.Uri.file(path), side("before", before), side("after", after)]);
  }

  private tabs(): vscode.Tab[] {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.filter((tab) => this.isShownIn(tab));
  }

  /** The API knows multi-file diffs by their label only; VS Code adds the number of files to it. */
  private isShownIn({ label }: vscode.Tab): boolean {
    return label.startsWith(this.title);
  }
}

/** The files are on the machine the extension runs on, which need not be the one the user sits at. */
function place(): string[] {
  const { remoteName } = vscode.env;
  return remoteName ? [vscode.l10n.t("The files are on {0} ({1}).", os.hostname(), remoteName)] : [];
}
