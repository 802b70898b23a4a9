import * as path from "node:path";
import * as vscode from "vscode";
import { isSamePlace } from "../../changes/spelling";
import type { Problem } from "../../doctor/problem";
import type { Snapshot } from "../../doctor/snapshot/snapshot";
import { editorPath } from "./editorPath";
import type { Services } from "../services";
import { openFolders } from "../machine/openFolders";
import type { Published } from "./published";
import { settings } from "../settings";
import { areTooLong } from "./tooLong";

/** Long enough that half a word is not judged. */
const TYPING_MS = 300;

/**
 * Names of the clients' files. Nothing is loaded in a window where none of them is open, but for a folder
 * that could take the key.
 */
const CLIENT_FILE_NAMES = ["config.toml", "auth.json", "opencode.json", "opencode.jsonc", "config.json"];

/**
 * Keeps the problems of the clients' files that are open, also while somebody types in them, and of files
 * of open folders that send the key elsewhere, whether anybody opens them, or wants marks, or not.
 */
export class FileDiagnostics implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registrations: { dispose(): unknown }[];
  private found: readonly Problem[] = [];
  /** Absolute paths of the files that were looked at. */
  private looked: readonly string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private round = 0;

  /** Fires when the problems have been looked for anew. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly services: Services) {
    const ifClientFile = (document: vscode.TextDocument) => {
      if (isClientFile(document)) this.soon();
    };
    this.registrations = [
      vscode.workspace.onDidOpenTextDocument(ifClientFile),
      vscode.workspace.onDidChangeTextDocument(({ document }) => ifClientFile(document)),
      vscode.workspace.onDidSaveTextDocument(ifClientFile),
      vscode.workspace.onDidCloseTextDocument(ifClientFile),
      services.diagnosis.onDidChange(() => this.soon()),
    ];
    this.soon();
  }

  /** The problems of one file, the worst first. */
  problemsOf({ uri: { fsPath } }: { readonly uri: vscode.Uri }): readonly Problem[] {
    return this.found.filter(({ path }) => path !== undefined && isSamePlace(path, fsPath));
  }

  /** Files that a client reads, among those that are open, and the ones of folders that send the key elsewhere. */
  get files(): readonly string[] {
    return this.looked;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), TYPING_MS);
  }

  private async look(): Promise<void> {
    const named = vscode.workspace.textDocuments.filter(isClientFile);
    const round = ++this.round;
    try {
      const isRead = named.length > 0 ? await this.isReadByClient() : () => false;
      // Some project's config.json is no client's.
      const open = named.filter(({ uri }) => isRead(uri.fsPath));
      const unsaved = unsavedTexts(open);
      const marksWanted = settings.diagnosticsEnabled();
      const isWanted = marksWanted && open.length > 0;
      if (!isWanted && !this.services.secretGuard.isWatching && !(await this.isAtRisk())) {
        if (round === this.round) this.show({ problems: [], files: [] });
        return;
      }
      const { diagnosis } = this.services;
      const { published } = await import("./published");
      // Nobody asked for it where nothing is open, or nobody wants marks: no program is started then.
      const known = await diagnosis.look(isWanted ? "versions" : "files");
      const isQuiet = areTooLong(known.snapshot, unsaved);
      const { snapshot, problems: all } = isQuiet ? known : await diagnosis.typed(known, unsaved);
      // What was found in the saved text is no longer where it was.
      const problems = isQuiet ? all.filter(({ path }) => !isOneOf(path, unsaved)) : all;
      // Somebody typed on meanwhile, or saved: the next round shows what is true then.
      if (round !== this.round) return;
      if (!isSame(unsaved, unsavedTexts(open))) {
        this.soon();
        return;
      }
      const read = filesOf(snapshot).map(editorPath);
      const opened = open
        .map(({ uri }) => uri.fsPath)
        .filter((file) => read.some((each) => isSamePlace(each, file)));
      this.show(published(problems, opened, marksWanted));
    } catch (error) {
      this.services.log.error(error instanceof Error ? error : String(error));
      // A mark whose cause nobody can see any more says nothing.
      if (round === this.round) this.show({ problems: [], files: [] });
    }
  }

  private async isReadByClient(): Promise<(file: string) => boolean> {
    const { areClientFiles } = await import("../machine/clientFiles");
    const isRead = await areClientFiles(this.services.environment(), openFolders());
    return (file) => isRead(file);
  }

  private async isAtRisk(): Promise<boolean> {
    const folders = openFolders();
    if (folders.length === 0) return false;
    const { areFoldersAtRisk } = await import("../guard/foldersAtRisk");
    return areFoldersAtRisk(this.services, folders);
  }

  private show({ problems, files }: Published): void {
    this.found = problems;
    this.looked = [...new Set(files.map(editorPath))];
    this.changed.fire();
  }
}

function isClientFile({ uri }: vscode.TextDocument): boolean {
  if (uri.scheme !== "file") return false;
  // OpenCode reads this file whatever its name is.
  const { OPENCODE_CONFIG = "" } = process.env;
  return CLIENT_FILE_NAMES.includes(path.basename(uri.fsPath)) || isSamePlace(uri.fsPath, OPENCODE_CONFIG);
}

function isOneOf(file: string | undefined, texts: ReadonlyMap<string, string>): boolean {
  return file !== undefined && [...texts.keys()].some((each) => isSamePlace(each, file));
}

function unsavedTexts(documents: readonly vscode.TextDocument[]): ReadonlyMap<string, string> {
  return new Map(
    documents
      .filter(({ isDirty }) => isDirty)
      .map((document) => [document.uri.fsPath, document.getText()] as const),
  );
}

function isSame(some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): boolean {
  return some.size === others.size && [...some].every(([file, text]) => others.get(file) === text);
}

function filesOf({ codex, opencode, projectFiles }: Snapshot): string[] {
  const layers = opencode.layers.map((layer) => layer.path);
  const ofProjects = [...projectFiles.codex, ...projectFiles.opencode].map((file) => file.path);
  return [...codex.files, ...opencode.files, ...layers, ...ofProjects];
}
