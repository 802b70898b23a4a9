import * as path from "node:path";
import * as vscode from "vscode";
import type { Problem } from "../doctor/problem";
import type { Snapshot } from "../doctor/snapshot";
import { Setting } from "../ids";
import { editorPath } from "./editorPath";
import { isSecretCode } from "./secretGuard";
import type { Services } from "./services";
import { settings } from "./settings";

/** Long enough that half a word is not judged. */
const TYPING_MS = 300;

/** Names of the clients' files. Nothing is loaded or read in a window where none of them is open. */
const CLIENT_FILE_NAMES = ["config.toml", "auth.json", "opencode.json", "opencode.jsonc", "config.json"];

/** Keeps the problems of the clients' files that are open, also while somebody types in them. */
export class FileDiagnostics implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registrations: vscode.Disposable[];
  private found: readonly Problem[] = [];
  /** Absolute paths of the files that were looked at. */
  private looked: readonly string[] = [];
  private base: Promise<Snapshot> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private round = 0;

  /** Fires when the problems have been looked for anew. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly services: Services) {
    const look = () => this.soon();
    this.registrations = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isClientFile(document)) this.lookAnew();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isClientFile(document)) look();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (isClientFile(document)) look();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.diagnosticsEnabled)) look();
      }),
      services.watch.onDidChange(() => this.lookAnew()),
    ];
    this.soon();
  }

  /** The problems of one file, the worst first. */
  problemsOf(document: vscode.TextDocument): readonly Problem[] {
    const { fsPath } = document.uri;
    return this.found.filter(({ path }) => path !== undefined && editorPath(path) === fsPath);
  }

  /** Files that a client reads, among those that are open. */
  get files(): readonly string[] {
    return this.looked;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  /** Programs, Git and settings are asked again too, which typing does not need. */
  private lookAnew(): void {
    this.base = undefined;
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), TYPING_MS);
  }

  private async look(): Promise<void> {
    const open = vscode.workspace.textDocuments.filter(isClientFile);
    const round = ++this.round;
    if (open.length === 0 || !settings.diagnosticsEnabled()) {
      this.show([], []);
      return;
    }
    try {
      const { lookAtMachine, lookAtTexts } = await import("./diagnosis");
      const { diagnose } = await import("../doctor/diagnose");
      this.base ??= lookAtMachine(this.services);
      const snapshot = await lookAtTexts(this.services, await this.base, unsavedTexts(open));
      // Somebody typed on meanwhile: the next round shows what is true then.
      if (round !== this.round) return;
      const read = filesOf(snapshot).map(editorPath);
      this.services.watch.watchFolders([...new Set(read.map((file) => path.dirname(file)))]);
      this.show(
        diagnose(snapshot),
        open.map(({ uri }) => uri.fsPath).filter((file) => read.includes(file)),
      );
    } catch (error) {
      this.base = undefined;
      this.services.log.error(error instanceof Error ? error : String(error));
    }
  }

  private show(found: readonly Problem[], looked: readonly string[]): void {
    // The secret guard shows its own problems, whether a file is open or not.
    this.found = found.filter(({ code }) => !isSecretCode(code));
    this.looked = looked;
    this.changed.fire();
  }
}

function isClientFile({ uri }: vscode.TextDocument): boolean {
  if (uri.scheme !== "file") return false;
  // OpenCode reads this file whatever its name is.
  const { OPENCODE_CONFIG = "" } = process.env;
  return CLIENT_FILE_NAMES.includes(path.basename(uri.fsPath)) || uri.fsPath === editorPath(OPENCODE_CONFIG);
}

function unsavedTexts(documents: readonly vscode.TextDocument[]): ReadonlyMap<string, string> {
  return new Map(
    documents
      .filter(({ isDirty }) => isDirty)
      .map((document) => [document.uri.fsPath, document.getText()] as const),
  );
}

function filesOf({ codex, opencode, projectFiles }: Snapshot): string[] {
  const layers = opencode.layers.map((layer) => layer.path);
  const ofProjects = [...projectFiles.codex, ...projectFiles.opencode].map((file) => file.path);
  return [...codex.files, ...opencode.files, ...layers, ...ofProjects];
}
