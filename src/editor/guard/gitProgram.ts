import * as path from "node:path";
import * as vscode from "vscode";
import type { ClientEnvironment } from "../../clients/client";
import { isTrustedProgram, programsIn, trustedPath } from "../../clients/machine/searchPath";
import type { AskGit } from "../../doctor/problems/secrets/gitFacts";
import { tellingPart } from "../../doctor/problems/secrets/keyInText";
import { gitExtension } from "./gitRepository";
import { ANSWER_LIMIT_MS, askByRunning, type CommitSearch, filesInCommit } from "./runGit";
import { filesInUnpushed } from "./unpushed";

/**
 * A Git of our own, for explicit commands: it knows repositories that are not open, such as one of dotfiles.
 * It is the Git that VS Code's own extension found, and runs only where the user trusts what is open.
 */
export async function ownGit(environment: ClientEnvironment): Promise<AskGit | undefined> {
  const program = await ownProgram(environment);
  return program === undefined ? undefined : askByRunning(program);
}

/**
 * Where a stored key stands in a commit that is checked out, or in one that the next push would take along: only a Git of
 * our own tells, and it reads every file.
 */
export async function findCommittedKey(
  environment: ClientEnvironment,
  workTrees: readonly string[],
  apiKeys: readonly string[],
): Promise<(CommitSearch & { readonly folder: string })[]> {
  const program = await ownProgram(environment);
  if (program === undefined) return [];
  const texts = apiKeys.map(tellingPart);
  return Promise.all(
    workTrees.map(async (folder) => {
      const searches = await Promise.all([
        filesInCommit(program, folder, ...texts),
        filesInUnpushed(program, folder, AbortSignal.timeout(ANSWER_LIMIT_MS), ...apiKeys),
      ]);
      const files = [...new Set(searches.flatMap((search) => search.files))];
      return { folder, files, isComplete: searches.every(({ isComplete }) => isComplete) };
    }),
  );
}

async function ownProgram(environment: ClientEnvironment): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const extension = await gitExtension().catch(() => undefined);
  if (!extension?.enabled) return undefined;
  return absolutePath(environment, extension.getAPI(1).git.path);
}

/** On Linux the extension names Git as the PATH does: which one that is, no open folder may decide. */
async function absolutePath(environment: ClientEnvironment, named: string): Promise<string | undefined> {
  if (path.isAbsolute(named)) return (await isTrustedProgram(environment, named)) ? named : undefined;
  const [program] = await programsIn(environment, await trustedPath(environment), path.basename(named));
  return program;
}
