import { isSamePlace, isWithin } from "../../../changes/spelling";
import type { ClientEnvironment } from "../../client";
import { pathRules } from "../../machine/pathRules";
import { programData } from "../../machine/programData";
import { userPath } from "../../machine/userPath";

/** The configuration files OpenCode merges apart from a workspace's own, each list the weakest first. */
export interface ConfigPaths {
  readonly global: readonly string[];
  /** OPENCODE_CONFIG: read after the global files. */
  readonly named?: string;
  /** Read after all others, so they win over whatever is written elsewhere. */
  readonly overriding: readonly string[];
  /** An administrator's, the strongest of all. */
  readonly managed: readonly string[];
  /** The global files of an OpenCode outside of the sandbox that VS Code runs in. */
  readonly outside?: { readonly directory: string; readonly files: readonly string[] };
  /** The global file to make where there is none yet. */
  readonly newFile: string;
}

const GLOBAL_NAMES = ["config.json", "opencode.json", "opencode.jsonc"];

/** A `config.json` there is not read (clients.md 3.4). */
const MANAGED_NAMES = ["opencode.json", "opencode.jsonc"];

/** Finds the files as OpenCode 1.18 does; the setting stands for the directory of the global ones. */
export function locateConfig(environment: ClientEnvironment): ConfigPaths {
  const { homeDirectory, configuredDirectory, platform } = environment;
  const rules = pathRules(platform);
  const directory = configuredDirectory.opencode
    ? userPath(environment, configuredDirectory.opencode)
    : rules.join(configHome(environment), "opencode");
  const named = absoluteVariable(environment, "OPENCODE_CONFIG");
  const extraDirectory = absoluteVariable(environment, "OPENCODE_CONFIG_DIR");
  const overridingDirectories = [
    rules.join(homeDirectory, ".opencode"),
    ...(extraDirectory ? [extraDirectory] : []),
  ];
  const globalIn = (folder: string) => GLOBAL_NAMES.map((name) => rules.join(folder, name));
  const global = globalIn(directory);
  const usual = rules.join(homeDirectory, ".config", "opencode");
  const overriding = overridingDirectories.flatMap((each) =>
    ["opencode.json", "opencode.jsonc"].map((name) => rules.join(each, name)),
  );
  const isNamed = (file: string) => named !== undefined && isSamePlace(named, file);
  return {
    global: global.filter((file) => !isNamed(file)),
    ...(named && { named }),
    overriding: overriding.filter(
      (file) => !isNamed(file) && !global.some((each) => isSamePlace(each, file)),
    ),
    managed: MANAGED_NAMES.map((name) => rules.join(managedDirectory(environment), name)),
    ...(isSandboxed(environment) && { outside: { directory: usual, files: globalIn(usual) } }),
    newFile: rules.join(directory, "opencode.json"),
  };
}

/** Tried on Linux and Windows; that of macOS as the text of OpenCode 1.18.33 names it. */
function managedDirectory(environment: ClientEnvironment): string {
  const { platform } = environment;
  if (platform === "darwin") return "/Library/Application Support/opencode";
  if (platform === "win32") return pathRules(platform).join(programData(environment), "opencode");
  return "/etc/opencode";
}

/** Flatpak and snap move the configuration of what is started in VS Code, and of nothing else. */
function isSandboxed(environment: ClientEnvironment): boolean {
  const { homeDirectory, platform } = environment;
  const rules = pathRules(platform);
  const moved = absoluteVariable(environment, "XDG_CONFIG_HOME");
  if (moved === undefined || environment.configuredDirectory.opencode) return false;
  return [".var/app", "snap"].some((folder) => isWithin(rules.join(homeDirectory, folder), moved));
}

/** The directories that OpenCode looks for its configuration in, whether they are there or not; a setting of ours moves none. */
export function configDirectories(environment: ClientEnvironment): readonly string[] {
  const rules = pathRules(environment.platform);
  const named = absoluteVariable(environment, "OPENCODE_CONFIG_DIR");
  return [
    rules.join(configHome(environment), "opencode"),
    rules.join(environment.homeDirectory, ".opencode"),
    ...(named ? [named] : []),
  ];
}

/** Where our key file may be, the place for a new one first. */
export function keyFilePlaces(environment: ClientEnvironment): readonly [string, string] {
  const rules = pathRules(environment.platform);
  const inHome = (home: string) => rules.join(home, "tokenpool", "api-key");
  return [inHome(configHome(environment)), inHome(rules.join(environment.homeDirectory, ".config"))];
}

function configHome(environment: ClientEnvironment): string {
  const { homeDirectory, platform } = environment;
  return (
    absoluteVariable(environment, "XDG_CONFIG_HOME") ?? pathRules(platform).join(homeDirectory, ".config")
  );
}

/** A relative path would mean another place for each folder that OpenCode is started in. */
function absoluteVariable({ variables, platform }: ClientEnvironment, name: string): string | undefined {
  const rules = pathRules(platform);
  const value = variables[name];
  return value && rules.isAbsolute(value) ? rules.normalize(value) : undefined;
}
