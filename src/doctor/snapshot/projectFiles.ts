import type { FileSystem } from "../../changes/disk/userFile";
import { type ClientFile, readClientFile } from "../../clients/configFile";
import { projectPlaces } from "./projectPlaces";

/** The clients' configuration files that a project brings along; the user did not write them, so none is trusted. */
export interface ProjectFiles {
  readonly codex: readonly ClientFile[];
  readonly opencode: readonly ClientFile[];
}

/** Of a file that came with a folder, nobody knows who wrote it; what a person writes by hand is smaller. */
const LARGEST_BYTES = 256 * 1024;

/**
 * Reads what the clients would find when started in a folder; only files that exist.
 * @param userFiles the user's own files, which are none of a project's even where a folder holds them
 */
export async function readProjectFiles(
  fs: FileSystem,
  folders: readonly string[],
  userFiles: readonly string[],
): Promise<ProjectFiles> {
  const places = await projectPlaces(fs, folders);
  const read = async (files: readonly string[], format: "toml" | "jsonc") => {
    const foreign = files.filter((file) => !userFiles.includes(file));
    const found = await Promise.all(foreign.map((file) => readClientFile(fs, file, format, LARGEST_BYTES)));
    return found.filter(({ exists }) => exists);
  };
  const [codex, opencode] = await Promise.all([read(places.codex, "toml"), read(places.opencode, "jsonc")]);
  return { codex, opencode };
}
