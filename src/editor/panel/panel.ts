import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { Action } from "../../doctor/action";
import { PANEL_VIEW_TYPE } from "../../ids";
import { textLanguage } from "../../gateway/formats";
import type { Panel } from "../../panel/buildPanel";
import type { FilePlace } from "../../panel/filePlace";
import { renderPage } from "../../panel/page";
import type { PanelModel } from "../../panel/panelModel";
import { panelStrings } from "../../panel/panelStrings";
import { type FromPage, isFromPage, type ToPage } from "../../panel/protocol";
import { showErrorMessage } from "../messages/plainWindow";

/** The page brings all that it needs. */
const OPTIONS: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** VS Code needs about as long before it can show a page: one that waits for a slow look is late, and says nothing. */
const FIRST_LOOK_MS = 200;

/** What the panel shows and what its buttons do. */
export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Looks at the machine: at its files only, or so that programs, Git and network have their say. */
  readonly loadPanel: (depth: "files" | "asked") => Promise<Panel>;
  /** Fires when anything the panel shows may have changed. */
  readonly onDidChange: vscode.Event<unknown>;
  /** Fixes a problem by its id; it may be gone by then. */
  readonly applyFix: (problemId: string) => Promise<unknown>;
  readonly openFile: (place: FilePlace) => Promise<unknown>;
  readonly runAction: (action: Action) => Promise<unknown>;
}

/** The troubleshooting panel: one at most, restored after a reload of the window. */
export class TroubleshootingPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  /** What the page shows; ids in its messages are looked up here and mean nothing else. */
  private shown: Panel | undefined;
  private loading: Promise<void> | undefined;
  private isStale = false;
  /** The page shows something already, which stays until all is known. */
  private isFilled = false;
  private readonly registrations: vscode.Disposable[];

  constructor(private readonly options: PanelOptions) {
    this.registrations = [
      vscode.window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, this),
      options.onDidChange(() => this.refresh()),
    ];
  }

  /** Opens the panel, or brings the open one to the front. */
  show(): void {
    if (this.panel) {
      this.panel.reveal();
      this.refresh();
      return;
    }
    const unrestored = unrestoredTabs();
    const { title } = panelStrings();
    // Before anything else: VS Code takes longer for it than all that we do meanwhile.
    this.attach(vscode.window.createWebviewPanel(PANEL_VIEW_TYPE, title, vscode.ViewColumn.Active, OPTIONS));
    if (unrestored.length > 0) void vscode.window.tabGroups.close(unrestored);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    // The command was faster than VS Code.
    if (this.panel) panel.dispose();
    else {
      panel.webview.options = OPTIONS;
      this.attach(panel);
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.panel?.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.options.extensionUri, "media", "icon.png");
    this.shown = undefined;
    this.isFilled = false;
    panel.onDidDispose(() => (this.panel = undefined));
    panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    // Such as files that an update has just replaced: nothing would ever be seen in the panel.
    this.fillPage(panel.webview).catch((error: unknown) => this.fail(error));
  }

  private async fillPage(webview: vscode.Webview): Promise<void> {
    const read = (...parts: string[]) =>
      readFile(vscode.Uri.joinPath(this.options.extensionUri, ...parts).fsPath, "utf8");
    // The page says itself why there is none.
    const look = this.options.loadPanel("files").catch(() => undefined);
    const [script, style, first] = await Promise.all([
      read("dist", "webview", "panel.js"),
      read("media", "panel.css"),
      Promise.race([look, setTimeout(FIRST_LOOK_MS, undefined)]),
    ]);
    // Closed meanwhile.
    if (this.panel?.webview !== webview) return;
    this.shown ??= first;
    webview.html = renderPage({
      nonce: randomBytes(16).toString("hex"),
      cspSource: webview.cspSource,
      script,
      style,
      language: textLanguage(),
      strings: panelStrings(),
      model: this.shown?.model,
    });
    if (!this.shown) return;
    this.isFilled = true;
    // VS Code keeps what it is told until the page is there.
    if (this.shown.model.checking) this.refresh();
  }

  private async receive(message: unknown): Promise<void> {
    if (!isFromPage(message)) {
      this.options.log.warn("The troubleshooting panel sent a message that is none of its own.");
      return;
    }
    try {
      await this.handle(message);
    } catch (error) {
      this.fail(error);
    }
  }

  /** As VS Code does where a command was run from the palette. */
  private fail(error: unknown): void {
    this.options.log.error(error instanceof Error ? error : String(error));
    void showErrorMessage(error instanceof Error ? error.message : String(error));
  }

  private async handle(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.isFilled = message.isFilled;
        break;
      case "run":
        await this.options.runAction(message.action);
        break;
      case "fix":
        if (this.shown?.fixable.has(message.problem)) await this.options.applyFix(message.problem);
        break;
      case "open": {
        const place = this.shown?.places.get(message.file);
        if (place) await this.options.openFile(place);
        return;
      }
    }
    this.refresh();
  }

  /** One look at a time; what changes meanwhile is looked at right after. */
  private refresh(): void {
    if (!this.panel?.visible) return;
    if (this.loading) {
      this.isStale = true;
      return;
    }
    this.loading = this.load().finally(() => {
      this.loading = undefined;
      if (!this.isStale) return;
      this.isStale = false;
      this.refresh();
    });
  }

  private async load(): Promise<void> {
    try {
      const isAllKnown = !this.isFilled && !(await this.fill("files")).checking;
      if (!isAllKnown) await this.fill("asked");
    } catch (error) {
      this.options.log.error(error instanceof Error ? error : String(error));
      await this.post({ type: "failed" });
    }
  }

  private async fill(depth: "files" | "asked"): Promise<PanelModel> {
    this.shown = await this.options.loadPanel(depth);
    const { model } = this.shown;
    await this.post({ type: "model", model });
    this.isFilled = true;
    return model;
  }

  private async post(message: ToPage): Promise<void> {
    await this.panel?.webview.postMessage(message);
  }
}

/** After a reload VS Code restores a panel only when its tab is looked at: until then it is a tab that nobody serves. */
function unrestoredTabs(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isPanel = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_VIEW_TYPE);
  return tabs.filter(isPanel);
}
