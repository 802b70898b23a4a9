import * as path from "node:path";

/** The machine as far as it decides where programs keep their state. */
export interface StoreMachine {
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const NAME = "tokenpool-vscode";

/**
 * Where lock, journal and backups lie: one folder for each person and machine, so that VS Code, its
 * relatives (Insiders, Cursor, VSCodium, code-server) and all their windows share one lock and one undo.
 * @returns an absolute path where the system keeps such state; the folder need not exist
 */
export function storeFolder({ platform, homeDirectory, variables }: StoreMachine): string {
  const rules = platform === "win32" ? path.win32 : path.posix;
  // A relative path would lie in whatever folder VS Code was started from; the XDG specification ignores it, too.
  const named = (name: string) => [variables[name] ?? ""].filter((folder) => rules.isAbsolute(folder))[0];
  if (platform === "win32")
    return rules.join(named("LOCALAPPDATA") ?? rules.join(homeDirectory, "AppData", "Local"), NAME);
  if (platform === "darwin") return rules.join(homeDirectory, "Library", "Application Support", NAME);
  return rules.join(named("XDG_STATE_HOME") ?? rules.join(homeDirectory, ".local", "state"), NAME);
}
