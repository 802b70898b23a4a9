import * as path from "node:path";
import * as vscode from "vscode";
import type { FileSystem } from "../../changes/disk/userFile";
import type { AskGit, GitAnswer } from "../../doctor/problems/secrets/gitFacts";
import {
  type ChangedFile,
  LARGEST_BYTES,
  type RepositoryView,
} from "../../doctor/problems/secrets/keySearch";

/** What is used of the API of VS Code's own Git extension (vscode.git, version 1). */
export interface GitApi {
  readonly git: { readonly path: string };
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  /** The open repository that a file lies in. */
  getRepository(uri: vscode.Uri): GitRepository | null;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Filled only with `git.untrackedChanges: "separate"`; else they are among the other changes. */
    readonly untrackedChanges: readonly GitChange[];
    /** Fires after every look that the Git extension takes at the repository. */
    readonly onDidChange: vscode.Event<void>;
  };
  diffBetween(from: string, to: string): Promise<readonly GitChange[]>;
  /** @param ref empty: the index */
  getObjectDetails(ref: string, path: string): Promise<{ readonly size: number }>;
  /** @param ref empty: the index */
  show(ref: string, path: string): Promise<string>;
  /** @returns those of the paths that Git ignores */
  checkIgnore(paths: string[]): Promise<ReadonlySet<string>>;
  /** Takes files out of the index; what they hold on disk stays. */
  revert(paths: string[]): Promise<void>;
  status(): Promise<void>;
}

interface GitChange {
  readonly uri: vscode.Uri;
  /** Numbers of the API's `Status`. */
  readonly status: number;
}

interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

const UNTRACKED = 7;

/** @returns undefined where the Git extension is switched off */
export async function gitExtension(): Promise<GitExtension | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  return extension?.activate();
}

/** Asks the Git extension about files of the repositories that are open; starts nothing. */
export function askExtension(git: GitApi, fs: FileSystem): AskGit {
  return async (file) => {
    const repository = git.getRepository(vscode.Uri.file(file));
    // Git refuses to answer for what a repository calls a submodule: the rest of a look must not be lost by that.
    return repository ? askRepository(repository, fs, file).catch(() => undefined) : undefined;
  };
}

async function askRepository(repository: GitRepository, fs: FileSystem, file: string): Promise<GitAnswer> {
  const root = repository.rootUri.fsPath;
  const workTree = await fs.realpath(root);
  // The extension knows its files below the root as it was opened, perhaps by a link.
  const known = path.join(root, path.relative(workTree, file));
  const isKnown = () => true;
  return {
    workTree,
    // Not so in a linked work tree. It only serves to offer the fix: the command that writes asks Git itself.
    exclude: path.join(workTree, ".git", "info", "exclude"),
    tracked: await repository.getObjectDetails("", known).then(isKnown, () => false),
    committed: await repository.getObjectDetails("HEAD", known).then(isKnown, () => false),
    ignored: (await repository.checkIgnore([known])).size > 0,
  };
}

export function viewOf(repository: GitRepository): RepositoryView {
  const { state } = repository;
  return {
    head: state.HEAD?.commit,
    changes: changesOf(state),
    changedBetween: async (from, to) => pathsOf(await repository.diffBetween(from, to).catch(() => [])),
    textIn: async (where, path) => {
      const ref = where === "head" ? "HEAD" : "";
      try {
        const { size } = await repository.getObjectDetails(ref, path);
        return size > LARGEST_BYTES ? undefined : await repository.show(ref, path);
      } catch {
        // Git knows no such file there.
        return undefined;
      }
    },
  };
}

function changesOf(state: GitRepository["state"]): ChangedFile[] {
  const { indexChanges, workingTreeChanges, untrackedChanges } = state;
  const unstaged = [...workingTreeChanges, ...untrackedChanges];
  const stagedPaths = new Set(pathsOf(indexChanges));
  const unstagedPaths = new Set(pathsOf(unstaged));
  const untrackedPaths = new Set(pathsOf(unstaged.filter(({ status }) => status === UNTRACKED)));
  return [...new Set([...stagedPaths, ...unstagedPaths])].map((path) => ({
    path,
    staged: stagedPaths.has(path),
    unstaged: unstagedPaths.has(path),
    untracked: untrackedPaths.has(path),
  }));
}

function pathsOf(changes: readonly GitChange[]): string[] {
  return changes.map(({ uri }) => uri.fsPath);
}
