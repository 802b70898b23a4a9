import type { ClientEnvironment } from "../../client";
import { pathRules } from "../../machine/pathRules";
import { programData } from "../../machine/programData";

/** An administrator's files, for everybody on the machine; absolute paths. */
export interface SystemFiles {
  /** Below the user's file. */
  readonly defaults: string;
  /** Above it. Codex does not read it on Windows, where an earlier one read one in the user's home. */
  readonly managed?: string;
  /** Above all. */
  readonly requirements: string;
}

/** The share with all of a distribution's files, by which Windows names them. */
const WSL_ROOT = /^\\\\wsl[^\\]*\\[^\\]+/i;

/**
 * Tried with Codex 0.169 on Linux and with its `codex.exe` (clients.md 2.8).
 * @param home Codex's, which tells whether it runs in WSL
 */
export function systemFiles(
  environment: Pick<ClientEnvironment, "platform" | "variables">,
  home: string,
): SystemFiles {
  const rules = pathRules(environment.platform);
  const inWsl = WSL_ROOT.exec(home)?.[0];
  const isWindows = environment.platform === "win32" && inWsl === undefined;
  const folder = isWindows
    ? rules.join(programData(environment), "OpenAI", "Codex")
    : rules.join(inWsl ?? "/", "etc", "codex");
  return {
    defaults: rules.join(folder, "config.toml"),
    ...(!isWindows && { managed: rules.join(folder, "managed_config.toml") }),
    requirements: rules.join(folder, "requirements.toml"),
  };
}
