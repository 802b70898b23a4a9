import { projectPlaces } from "../../doctor/snapshot/projects/projectPlaces";
import type { ClientEnvironment } from "../../clients/client";
import { locateCodexHome } from "../../clients/codex/state/home";
import { systemFiles } from "../../clients/codex/state/systemFiles";
import { pathRules } from "../../clients/machine/pathRules";
import { keyFilePlaces, locateConfig } from "../../clients/opencode/state/home";

/** Where the clients' own files are, whether there is a file or not; absolute paths. Needs no parser. */
export interface ClientFiles {
  /** With addresses in them. */
  readonly configs: readonly string[];
  /** With keys or variables. */
  readonly credentials: readonly string[];
}

export async function clientFiles(environment: ClientEnvironment): Promise<ClientFiles> {
  // Asking WSL would start it.
  const { home } = await locateCodexHome({ ...environment, askWsl: () => Promise.resolve(undefined) });
  const { global, named, overriding, managed, outside } = locateConfig(environment);
  const { platform, homeDirectory, variables } = environment;
  const { defaults, requirements, managed: above } = systemFiles(environment, home);
  const rules = pathRules(platform);
  const data = variables.XDG_DATA_HOME ?? rules.join(homeDirectory, ".local", "share");
  return {
    configs: [
      rules.join(home, "config.toml"),
      ...[defaults, requirements, ...(above === undefined ? [] : [above])],
      ...global,
      ...(named ? [named] : []),
      ...overriding,
      ...managed,
      ...(outside?.files ?? []),
    ],
    credentials: [
      rules.join(home, "auth.json"),
      rules.join(home, ".env"),
      ...keyFilePlaces(environment),
      ...(rules.isAbsolute(data) ? [rules.join(data, "opencode", "auth.json")] : []),
    ],
  };
}

/** Whether a client reads this file: one of the user's, or one of a folder that is open. */
export async function areClientFiles(
  environment: ClientEnvironment,
  folders: readonly string[],
): Promise<(file: string) => boolean> {
  const { fs } = environment;
  const { configs, credentials } = await clientFiles(environment);
  const { codex, opencode } = await projectPlaces(fs, folders);
  const spelled = [...configs, ...credentials, ...codex, ...opencode];
  // An editor knows a file behind a symbolic link by either name.
  const real = await Promise.all(spelled.map((file) => fs.realpath(file).catch(() => file)));
  const all = new Set([...spelled, ...real]);
  return (file) => all.has(file);
}
