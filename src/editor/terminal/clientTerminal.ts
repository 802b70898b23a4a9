import * as vscode from "vscode";
import type { Client } from "../../clients/client";
import { inShell } from "../../clients/machine/inShell";
import { firstProgram } from "../../clients/machine/searchPath";
import { showInformationMessage } from "../messages/plainWindow";
import type { Services } from "../services";

interface Start {
  readonly args?: readonly string[];
  /** Left out: where VS Code opens terminals. */
  readonly cwd?: string;
}

/**
 * Starts a client's program in a terminal: the one on the PATH that no open folder has chosen, by its whole path.
 * Where there is none, the user learns how to install it.
 */
export async function startInTerminal(
  { environment: now }: Services,
  client: Client,
  { args = [], cwd }: Start = {},
): Promise<vscode.Terminal | undefined> {
  const environment = now();
  const elsewhere = client.terminal.startedElsewhere?.(environment);
  if (elsewhere !== undefined) {
    void showInformationMessage(elsewhere);
    return undefined;
  }
  const program = await firstProgram(environment, client.program);
  if (program === undefined) {
    void tellHowToInstall(client, environment.platform);
    return undefined;
  }
  const terminal = vscode.window.createTerminal({
    name: client.name,
    message: [client.program, ...args].map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" "),
    ...inShell(environment, program, args),
    ...(cwd !== undefined && { cwd }),
    // Windows would take what the program starts by name from the current directory, which may be a stranger's.
    env: { ...client.terminal.variables(environment), NoDefaultCurrentDirectoryInExePath: "1" },
  });
  terminal.show();
  return terminal;
}

async function tellHowToInstall(client: Client, platform: NodeJS.Platform): Promise<void> {
  const command = client.terminal.installCommand(platform);
  const copy = vscode.l10n.t("Copy Command");
  const more = vscode.l10n.t("How to Install {0}", client.name);
  const message = vscode.l10n.t(
    '{0} was not found on the PATH. Install it with "{1}", then restart VS Code.',
    client.name,
    command,
  );
  const choice = await showInformationMessage(message, copy, more);
  if (choice === copy) await vscode.env.clipboard.writeText(command);
  if (choice === more) await vscode.env.openExternal(vscode.Uri.parse(client.installUrl));
}
