import type { ClientEnvironment } from "../../client";
import { type ClientFile, stringAt } from "../../configFile";
import { pathRules } from "../../machine/pathRules";

/** A file that a setting of config.toml names, and without which Codex does not start. */
export interface SettingFile {
  readonly setting: string;
  /** Absolute path. */
  readonly target: string;
}

/** Tried with Codex 0.169; for the catalogue it prints only "No such file or directory". */
const FILE_SETTINGS = ["model_catalog_json", "model_instructions_file", "experimental_compact_prompt_file"];

export function settingFiles(
  { homeDirectory, platform }: ClientEnvironment,
  config: ClientFile,
  home: string,
): SettingFile[] {
  const rules = pathRules(platform);
  return FILE_SETTINGS.flatMap((setting) => {
    const value = stringAt(config, [setting]);
    if (!value) return [];
    const expanded = /^~(?=[/\\])/.test(value) ? homeDirectory + value.slice(1) : value;
    return [{ setting, target: rules.resolve(home, expanded) }];
  });
}
