import * as vscode from "vscode";
import type { ClientEnvironment } from "../../clients/client";
import type { KeyPlace, KeySearch } from "../../doctor/problems/secrets/keySearch";
import type { Problem } from "../../doctor/problem";
import { Command, DIAGNOSTIC_SOURCE, Setting } from "../../ids";
import type { ApiKeyStore } from "../keyStore";
import { rangeOf, toDiagnostic } from "../files/diagnostic";
import { editorPath } from "../files/editorPath";
import type { GitApi, GitRepository } from "./gitRepository";
import { preferred, quickFix } from "../files/quickFix";
import { settings } from "../settings";

/** Git looks again after every saved file; several of them are looked at together. */
const QUIET_MS = 1_000;

/**
 * Watches for the stored key in Git repositories and shows it in the Problems view; nothing ever pops up.
 * Looks only when the Git extension tells of something new.
 */
export class SecretGuard implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly marks = vscode.languages.createDiagnosticCollection(`${DIAGNOSTIC_SOURCE} secrets`);
  private readonly registrations: { dispose(): unknown }[];
  private readonly watched = new Map<GitRepository, vscode.Disposable>();
  private searches = new WeakMap<GitRepository, KeySearch>();
  private git: GitApi | undefined;
  private timer: NodeJS.Timeout | undefined;
  private found: readonly KeyPlace[] = [];
  private problems: readonly Problem[] = [];
  private round = 0;
  /** Files with the key in the commit that is checked out, as the last search through all of them found. */
  private committed: readonly string[] = [];

  /** Fires when the key has been found in other places than before. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly apiKeys: ApiKeyStore,
    private readonly environment: () => ClientEnvironment,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.registrations = [
      apiKeys.onDidChange(() => this.lookAnew()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.secretGuardEnabled)) this.lookAnew();
      }),
      vscode.languages.registerCodeActionsProvider(
        { scheme: "file" },
        { provideCodeActions: (document, range) => this.quickFixes(document, range) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
  }

  /** Connects to VS Code's Git extension, which may be switched off. */
  async start(): Promise<void> {
    try {
      const { gitExtension } = await import("./gitRepository");
      const extension = await gitExtension();
      if (!extension) return;
      const connect = () => this.connect(extension.enabled ? extension.getAPI(1) : undefined);
      this.registrations.push(extension.onDidChangeEnablement(connect));
      connect();
    } catch (error) {
      this.log.warn(`no Git: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Files that hold the key, and how far it has got. */
  get places(): readonly KeyPlace[] {
    return this.found;
  }

  /**
   * Searches the whole commit that is checked out, not only what has changed since VS Code started: only because
   * the user asked for it, and what it finds stays.
   * @returns folders whose commit was not searched to its end: nobody knows what else is there
   */
  async searchCommits(): Promise<string[]> {
    const apiKey = settings.secretGuardEnabled()
      ? await this.apiKeys.read().catch(() => undefined)
      : undefined;
    const { findCommittedKey } = await import("./gitProgram");
    const withCommit = [...this.watched.keys()].filter(({ state }) => state.HEAD?.commit);
    const workTrees = withCommit.map(({ rootUri }) => rootUri.fsPath);
    const searches =
      apiKey === undefined ? [] : await findCommittedKey(this.environment(), workTrees, apiKey);
    this.committed = searches.flatMap(({ files }) => files);
    await this.look();
    const unfinished = searches.filter(({ isComplete }) => !isComplete).map(({ folder }) => folder);
    for (const folder of unfinished)
      this.log.warn(`not searched to its end for the key: the commit of ${folder}`);
    return unfinished;
  }

  /** A change of ours may have fixed something that Git does not notice by itself, such as an exclusion. */
  filesChanged(): void {
    for (const repository of this.watched.keys()) void repository.status();
    this.soon();
  }

  /** Takes files with the key out of Git's index. @param path one of them; all when left out */
  async unstage(path: unknown): Promise<void> {
    const staged = this.found.filter(({ stage }) => stage === "staged").map((place) => place.path);
    const wanted = staged.filter((each) => path === undefined || each === path);
    for (const repository of this.watched.keys()) {
      const paths = repository.state.indexChanges.map(({ uri }) => uri.fsPath);
      const here = wanted.filter((each) => paths.includes(each));
      if (here.length > 0) await repository.revert(here);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
    this.marks.dispose();
    for (const registration of [...this.registrations, ...this.watched.values()]) registration.dispose();
  }

  private connect(git: GitApi | undefined): void {
    if (git && git !== this.git) {
      this.registrations.push(
        git.onDidOpenRepository((repository) => this.watch(repository)),
        git.onDidCloseRepository((repository) => this.forget(repository)),
      );
    }
    this.git = git;
    for (const repository of git?.repositories ?? []) this.watch(repository);
    this.soon();
  }

  private watch(repository: GitRepository): void {
    if (this.watched.has(repository)) return;
    this.watched.set(
      repository,
      repository.state.onDidChange(() => this.soon()),
    );
    this.soon();
  }

  private forget(repository: GitRepository): void {
    this.watched.get(repository)?.dispose();
    this.watched.delete(repository);
    this.soon();
  }

  private lookAnew(): void {
    this.searches = new WeakMap();
    this.committed = [];
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), QUIET_MS);
  }

  private async look(): Promise<void> {
    const round = ++this.round;
    const apiKey = settings.secretGuardEnabled()
      ? await this.apiKeys.read().catch(() => undefined)
      : undefined;
    try {
      const places = apiKey === undefined ? [] : await this.search(apiKey);
      const problems = apiKey === undefined ? [] : await this.judge(places, apiKey);
      // Something newer was seen meanwhile.
      if (round !== this.round) return;
      this.show(places, problems);
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
    }
  }

  private async search(apiKey: string): Promise<KeyPlace[]> {
    const { KeySearch } = await import("../../doctor/problems/secrets/keySearch");
    const { viewOf } = await import("./gitRepository");
    // A new key begins a new map, and a search for the old one must not get into it.
    const { searches } = this;
    const places: KeyPlace[] = [];
    for (const repository of this.watched.keys()) {
      const search = searches.get(repository) ?? new KeySearch(this.environment().fs, apiKey);
      searches.set(repository, search);
      places.push(...(await search.find(viewOf(repository))));
    }
    const known = new Set(places.filter(({ stage }) => stage === "committed").map((place) => place.path));
    const others = this.committed.filter((file) => !known.has(file));
    const stillThere = others.map((file): KeyPlace => ({ path: file, stage: "committed" }));
    return [...places.filter((place) => !others.includes(place.path)), ...stillThere];
  }

  private async judge(places: readonly KeyPlace[], apiKey: string): Promise<Problem[]> {
    const { findSecretProblems } = await import("../../doctor/problems/secrets/findSecretProblems");
    const { askExtension } = await import("./gitRepository");
    const environment = this.environment();
    const askGit = this.git && askExtension(this.git, environment.fs);
    return findSecretProblems(environment, askGit, settings.baseUrl(), places, apiKey);
  }

  private show(places: readonly KeyPlace[], problems: readonly Problem[]): void {
    const isNew = JSON.stringify(places) !== JSON.stringify(this.found);
    this.found = places;
    this.problems = problems;
    const marks = new Map<string, vscode.Diagnostic[]>();
    for (const problem of problems) {
      const { path = "" } = problem;
      marks.set(path, [...(marks.get(path) ?? []), toDiagnostic(problem)]);
    }
    this.marks.clear();
    for (const [path, diagnostics] of marks) this.marks.set(vscode.Uri.file(path), diagnostics);
    if (isNew) this.changed.fire();
  }

  private async quickFixes({ uri }: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const here = this.problems.filter(
      (problem) =>
        editorPath(problem.path ?? "") === uri.fsPath && rangeOf(problem.range).intersection(range),
    );
    if (here.length === 0) return [];
    const { panelAction } = await import("../../panel/actionLabels");
    return here.flatMap(({ code, path, fix, action }) => {
      if (fix) return offer(fix().title, Command.applyFix, { code, path });
      if (action === "unstageKey") return offer(panelAction(action).label, Command.unstageKey, { path });
      if (action === "openConsole") return offer(panelAction(action).label, Command.openConsole);
      return [];
    });
  }
}

/** Problems that the guard shows itself. */
export function isSecretCode(code: string): boolean {
  return code.startsWith("secrets/");
}

function offer(label: string, command: Command, argument?: object): vscode.CodeAction {
  return preferred(quickFix(`TokenPool: ${label}`, command, argument));
}
