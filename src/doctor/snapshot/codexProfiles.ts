import * as path from "node:path";
import type { FileSystem } from "../../changes/disk/userFile";
import { type ClientFile, readClientFile } from "../../clients/configFile";

const SUFFIX = ".config.toml";

/** Reads `work.config.toml` and the like: with `--profile work` Codex prefers them to config.toml. */
export async function readCodexProfiles(fs: FileSystem, codexHome: string): Promise<ClientFile[]> {
  const names = await fs.readdir(codexHome).catch(() => []);
  const files = names.filter((name) => profileOf(name) !== "").sort();
  return Promise.all(files.map((name) => readClientFile(fs, path.join(codexHome, name), "toml")));
}

/** The name behind `--profile`; empty for another file. */
export function profileOf(file: string): string {
  const name = path.basename(file);
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : "";
}
