import * as os from "node:os";
import * as vscode from "vscode";
import type { PreparedChange, PreparedFile } from "../../changes/prepare";
import { Command, ContextKey, PREVIEW_SCHEME } from "../../ids";
import { showInformationMessage } from "../messages/plainWindow";

type PreviewAnswer = "apply" | "other" | "cancel";

/** Shows a change in VS Code's multi-file diff and waits for the answer. Secrets are masked in it. */
export class ChangePreview implements vscode.Disposable {
  private readonly contents = new Map<string, string>();
  private readonly registrations: vscode.Disposable[];
  private number = 0;
  private answer: ((answer: PreviewAnswer) => void) | undefined;

  constructor() {
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
        provideTextDocumentContent: (uri) => this.contents.get(uri.toString()) ?? "",
      }),
      vscode.commands.registerCommand(Command.applyPreview, () => this.answer?.("apply")),
      vscode.commands.registerCommand(Command.cancelPreview, () => this.answer?.("cancel")),
    ];
  }

  /** Closing the diff means Cancel. @param other what is offered instead */
  async ask(
    changes: readonly PreparedChange[],
    other?: { readonly label: string; readonly notice?: string },
  ): Promise<PreviewAnswer> {
    this.answer?.("cancel");
    const changing = changes.filter((change) => !isUnchanged(change));
    const title = vscode.l10n.t(
      "TokenPool: {0} (preview)",
      changing.map(({ plan }) => plan.title).join(" · "),
    );
    await this.show(
      title,
      changing.flatMap(({ files }) => files),
    );
    await vscode.commands.executeCommand("setContext", ContextKey.previewOpen, true);
    try {
      const { noticesOf } = await import("../../changes/prepare");
      const notices = [...changing.flatMap(noticesOf), ...(other?.notice ? [other.notice] : [])];
      return await this.waitForAnswer(title, notices, other?.label);
    } finally {
      this.answer = undefined;
      await vscode.commands.executeCommand("setContext", ContextKey.previewOpen, false);
      await closeTab(title);
      this.contents.clear();
    }
  }

  dispose(): void {
    this.answer?.("cancel");
    for (const registration of this.registrations) registration.dispose();
  }

  private async show(title: string, files: readonly PreparedFile[]): Promise<void> {
    const { maskSecrets } = await import("../../changes/document/maskSecrets");
    // A number of its own for every preview: VS Code would show the cached text of an earlier one.
    const preview = String(++this.number);
    const resources = files
      .filter((file) => file.change !== "unchanged")
      .map(({ planned, before, after }) => {
        const side = (name: string, bytes: Uint8Array | undefined) => {
          if (!bytes) return undefined;
          const uri = vscode.Uri.from({
            scheme: PREVIEW_SCHEME,
            path: planned.path,
            query: `${preview}&${name}`,
          });
          this.contents.set(uri.toString(), maskSecrets(new TextDecoder().decode(bytes), planned.credential));
          return uri;
        };
        return [vscode.Uri.file(planned.path), side("before", before), side("after", after)] as const;
      });
    await vscode.commands.executeCommand("vscode.changes", title, resources);
  }

  private waitForAnswer(
    title: string,
    notices: readonly string[],
    other: string | undefined,
  ): Promise<PreviewAnswer> {
    const apply = vscode.l10n.t("Apply");
    const cancel = vscode.l10n.t("Cancel");
    return new Promise<PreviewAnswer>((resolve) => {
      const closed = vscode.window.tabGroups.onDidChangeTabs((event) => {
        if (event.closed.some((tab) => isPreview(tab, title))) this.answer?.("cancel");
      });
      this.answer = (value) => {
        closed.dispose();
        resolve(value);
      };
      const question = [vscode.l10n.t("Apply these changes?"), ...place(), ...notices].join(" ");
      const answer = this.answer;
      const buttons = other === undefined ? [apply, cancel] : [apply, other, cancel];
      void showInformationMessage(question, ...buttons).then((choice) => {
        // Dismissing the notification decides nothing: the buttons in the editor title are still there.
        if (choice) answer(choice === apply ? "apply" : choice === other ? "other" : "cancel");
      });
    });
  }
}

/** The files are on the machine the extension runs on, which need not be the one the user sits at. */
function place(): string[] {
  const { remoteName } = vscode.env;
  return remoteName ? [vscode.l10n.t("The files are on {0} ({1}).", os.hostname(), remoteName)] : [];
}

async function closeTab(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter((tab) => isPreview(tab, title)));
}

/** The API knows multi-file diffs by their label only; VS Code adds the number of files to it. */
function isPreview({ label }: vscode.Tab, title: string): boolean {
  return label.startsWith(title);
}

function isUnchanged({ files }: PreparedChange): boolean {
  return files.every(({ change }) => change === "unchanged");
}
