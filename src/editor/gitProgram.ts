import * as vscode from "vscode";
import type { ClientEnvironment } from "../clients/client";
import { isTrustedProgram } from "../clients/programPath";
import type { AskGit } from "../doctor/gitFacts";
import { gitExtension } from "./gitRepository";
import { askByRunning } from "./runGit";

/**
 * A Git of our own, for explicit commands: it knows repositories that are not open, such as one of dotfiles.
 * It is the Git that VS Code's own extension found, and runs only where the user trusts what is open.
 */
export async function ownGit(environment: ClientEnvironment): Promise<AskGit | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const extension = await gitExtension().catch(() => undefined);
  const program = extension?.enabled ? extension.getAPI(1).git.path : undefined;
  if (program === undefined || !(await isTrustedProgram(environment, program))) return undefined;
  return askByRunning(program);
}
