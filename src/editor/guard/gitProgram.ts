import * as path from "node:path";
import * as vscode from "vscode";
import type { ClientEnvironment } from "../../clients/client";
import { isTrustedProgram, programsIn, trustedPath } from "../../clients/machine/searchPath";
import type { AskGit } from "../../doctor/problems/secrets/gitFacts";
import { gitExtension } from "./gitRepository";
import { askByRunning } from "./runGit";

/**
 * A Git of our own, for explicit commands: it knows repositories that are not open, such as one of dotfiles.
 * It is the Git that VS Code's own extension found, and runs only where the user trusts what is open.
 */
export async function ownGit(environment: ClientEnvironment): Promise<AskGit | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const extension = await gitExtension().catch(() => undefined);
  if (!extension?.enabled) return undefined;
  const program = await absolutePath(environment, extension.getAPI(1).git.path);
  return program === undefined ? undefined : askByRunning(program);
}

/** On Linux the extension names Git as the PATH does: which one that is, no open folder may decide. */
async function absolutePath(environment: ClientEnvironment, named: string): Promise<string | undefined> {
  if (path.isAbsolute(named)) return (await isTrustedProgram(environment, named)) ? named : undefined;
  const [program] = await programsIn(environment, await trustedPath(environment), path.basename(named));
  return program;
}
