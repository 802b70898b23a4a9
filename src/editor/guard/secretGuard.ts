import * as vscode from "vscode";
import { isSamePlace } from "../../changes/spelling";
import type { ClientEnvironment } from "../../clients/client";
import type { KeyPlace, KeySearch } from "../../doctor/problems/secrets/keySearch";
import type { AskGit } from "../../doctor/problems/secrets/gitFacts";
import { Setting } from "../../ids";
import type { ApiKeyStore } from "../keys/keyStore";
import type { GitApi, GitRepository } from "./gitRepository";
import { settings } from "../settings";

interface WatchedRepository {
  readonly repository: GitRepository;
  readonly listener: vscode.Disposable;
}

interface FilesInCommit {
  /** The repository's root. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Git looks again after every saved file; several of them are looked at together. */
const QUIET_MS = 1_000;

/**
 * Watches for the stored keys in the Git repositories that are open. Looks only when the Git extension tells of something
 * new; what it finds is judged and shown as everything else that a diagnosis knows.
 */
export class SecretGuard implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registrations: { dispose(): unknown }[];
  /** By root: Git's extension makes a new object of the same repository each time that it tells of it. */
  private readonly watched = new Map<string, WatchedRepository>();
  private searches = new WeakMap<GitRepository, KeySearch>();
  private git: GitApi | undefined;
  /** Of the Git that is there now. */
  private gitListeners: readonly vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private found: readonly KeyPlace[] = [];
  private round = 0;
  private hasKey = false;
  /** Files with the key in the commit that is checked out, as the last search through all of them found. */
  private committed: readonly FilesInCommit[] = [];

  /** Fires after each search: how Git sees the clients' own files may have changed too. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly apiKeys: ApiKeyStore,
    private readonly environment: () => ClientEnvironment,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.registrations = [
      apiKeys.onDidChangeAny(() => this.lookAnew()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.secretGuardEnabled)) this.lookAnew();
      }),
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

  /** Files that hold the key, and how far it has got; the same array until that changes. */
  get places(): readonly KeyPlace[] {
    return this.found;
  }

  /** Asks VS Code's Git about files, starting nothing; undefined: there is no Git, or the guard is switched off. */
  async askGit(): Promise<AskGit | undefined> {
    if (!this.git || !settings.secretGuardEnabled()) return undefined;
    const { askExtension } = await import("./gitRepository");
    return askExtension(this.git, this.environment().fs);
  }

  private get repositories(): GitRepository[] {
    return [...this.watched.values()].map(({ repository }) => repository);
  }

  /** There is a repository to look at, a key to look for, and somebody wants it. */
  get isWatching(): boolean {
    return this.watched.size > 0 && this.hasKey && settings.secretGuardEnabled();
  }

  /**
   * Searches the whole commit that is checked out and those that were not pushed, not only what has changed since VS Code
   * started: only because the user asked for it, and what it finds stays.
   * @returns folders whose commits were not searched to their end: nobody knows what else is there
   */
  async searchCommits(): Promise<string[]> {
    const apiKeys = await this.keysToFind();
    const { findCommittedKey } = await import("./gitProgram");
    const withCommit = this.repositories.filter(({ state }) => state.HEAD?.commit);
    const workTrees = withCommit.map(({ rootUri }) => rootUri.fsPath);
    const searches =
      apiKeys.length === 0 ? [] : await findCommittedKey(this.environment(), workTrees, apiKeys);
    this.committed = searches;
    await this.look();
    const unfinished = searches.filter(({ isComplete }) => !isComplete).map(({ folder }) => folder);
    for (const folder of unfinished)
      this.log.warn(`not searched to their end for the key: the commits of ${folder}`);
    return unfinished;
  }

  /** A change of ours may have fixed something that Git does not notice by itself, such as an exclusion. */
  filesChanged(): void {
    for (const repository of this.repositories) void repository.status();
    this.soon();
  }

  /** Takes files with the key out of Git's index. @param path one of them; all when left out */
  async unstage(path: unknown): Promise<void> {
    const staged = this.found.filter(({ stage }) => stage === "staged").map((place) => place.path);
    const wanted = staged.filter(
      (each) => path === undefined || (typeof path === "string" && isSamePlace(each, path)),
    );
    for (const repository of this.repositories) {
      const paths = repository.state.indexChanges.map(({ uri }) => uri.fsPath);
      const here = wanted.filter((each) => paths.some((other) => isSamePlace(each, other)));
      if (here.length > 0) await repository.revert(here);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
    this.disconnect();
    for (const registration of this.registrations) registration.dispose();
  }

  /** Git may be switched off and on, and brings other repositories, or the same ones anew. */
  private connect(git: GitApi | undefined): void {
    this.disconnect();
    this.git = git;
    if (git) {
      this.gitListeners = [
        git.onDidOpenRepository((repository) => this.watch(repository)),
        git.onDidCloseRepository((repository) => this.forget(repository)),
      ];
    }
    for (const repository of git?.repositories ?? []) this.watch(repository);
    this.soon();
  }

  private disconnect(): void {
    const ofRepositories = [...this.watched.values()].map(({ listener }) => listener);
    for (const listener of [...this.gitListeners, ...ofRepositories]) listener.dispose();
    this.gitListeners = [];
    this.watched.clear();
  }

  private watch(repository: GitRepository): void {
    const root = repository.rootUri.fsPath;
    if (this.watched.has(root)) return;
    this.watched.set(root, { repository, listener: repository.state.onDidChange(() => this.soon()) });
    this.soon();
  }

  private forget({ rootUri: { fsPath } }: GitRepository): void {
    this.watched.get(fsPath)?.listener.dispose();
    this.watched.delete(fsPath);
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
    const apiKeys = await this.keysToFind();
    try {
      const places = apiKeys.length === 0 ? [] : await this.search(apiKeys);
      // Something newer was seen meanwhile.
      if (round !== this.round) return;
      this.hasKey = apiKeys.length > 0;
      if (JSON.stringify(places) !== JSON.stringify(this.found)) this.found = places;
      this.changed.fire();
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
    }
  }

  /** Nothing where nobody wants it, or the keychain does not answer. */
  private async keysToFind(): Promise<readonly string[]> {
    return settings.secretGuardEnabled() ? this.apiKeys.all().catch(() => []) : [];
  }

  private async search(apiKeys: readonly string[]): Promise<KeyPlace[]> {
    const { KeySearch } = await import("../../doctor/problems/secrets/keySearch");
    const { viewOf } = await import("./gitRepository");
    // A new key begins a new map, and a search for the old one must not get into it.
    const { searches } = this;
    const places: KeyPlace[] = [];
    for (const repository of this.repositories) {
      const search = searches.get(repository) ?? new KeySearch(this.environment().fs, ...apiKeys);
      searches.set(repository, search);
      places.push(...(await search.find(viewOf(repository))));
    }
    const known = new Set(places.filter(({ stage }) => stage === "committed").map((place) => place.path));
    const searched = this.committed.filter(({ folder }) => this.watched.has(folder));
    // An earlier commit may hold what is staged again: each takes something else to get rid of.
    const stillThere = searched.flatMap(({ files }) => files).filter((file) => !known.has(file));
    return [...places, ...stillThere.map((path) => ({ path, stage: "committed" as const }))];
  }
}
