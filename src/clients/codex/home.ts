import type { ClientEnvironment } from "../client";
import { pathRules } from "../machine/pathRules";
import { userPath } from "../machine/userPath";

/** Where Codex looks for its files. */
export interface CodexHome {
  readonly home: string;
  /** Somebody named it, and Codex refuses to start when it does not exist. */
  readonly mustExist: boolean;
  /** Windows and its Linux have a Codex each, with files of its own: the home of the other one. */
  readonly otherSide?: string;
  /** VS Code was told to run Codex in WSL, but nothing there answered: `home` is the one of Windows. */
  readonly wslSilent?: true;
}

/** Prints Codex's home in WSL as a path that Windows programs can open; it need not exist yet. */
export const WSL_HOME_SCRIPT = [
  'if [ -d "$CODEX_HOME" ]; then wslpath -w "$CODEX_HOME"',
  'else printf "%s\\\\.codex" "$(wslpath -w "$HOME")"; fi',
].join("; ");

/** Where WSL shows the drive that Windows is on. */
const WINDOWS_USERS = "/mnt/c/Users";

/** Codex's home directory as Codex itself finds it; the setting goes first. */
export async function locateCodexHome(environment: ClientEnvironment): Promise<CodexHome> {
  const { configuredDirectory, variables, askWsl } = environment;
  if (configuredDirectory.codex)
    return { home: userPath(environment, configuredDirectory.codex), mustExist: true };
  const native = nativeHome(environment);
  if (askWsl) {
    const inWsl = (await askWsl(WSL_HOME_SCRIPT))?.trim() ?? "";
    // Anything else is a message of wsl.exe's, such as the one about a missing distribution.
    if (!inWsl.startsWith("\\\\wsl")) return { ...native, wslSilent: true };
    return { home: inWsl, mustExist: false, otherSide: native.home };
  }
  const onWindows = variables.WSL_DISTRO_NAME ? await windowsHome(environment) : undefined;
  return { ...native, ...(onWindows && { otherSide: onWindows }) };
}

function nativeHome(environment: ClientEnvironment): CodexHome {
  const { variables, homeDirectory, platform } = environment;
  if (variables.CODEX_HOME) return { home: userPath(environment, variables.CODEX_HOME), mustExist: true };
  return { home: pathRules(platform).join(homeDirectory, ".codex"), mustExist: false };
}

/** The home of a Codex that was used on Windows; seen from its Linux. */
async function windowsHome({ fs }: ClientEnvironment): Promise<string | undefined> {
  const users = await fs.readdir(WINDOWS_USERS).catch(() => []);
  for (const user of users) {
    const home = `${WINDOWS_USERS}/${user}/.codex`;
    const isThere = await fs.stat(`${home}/config.toml`).catch(() => undefined);
    if (isThere) return home;
  }
  return undefined;
}
