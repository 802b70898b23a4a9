import * as path from "node:path";
import type { FileSystem } from "../changes/userFile";
import { type ClientFile, readClientFile } from "../clients/clientFile";

/** The clients' configuration files that a project brings along; the user did not write them, so none is trusted. */
export interface ProjectFiles {
  readonly codex: readonly ClientFile[];
  readonly opencode: readonly ClientFile[];
}

/** Of a file that came with a folder, nobody knows who wrote it; what a person writes by hand is smaller. */
const LARGEST_BYTES = 256 * 1024;

const CODEX_NAMES = [".codex/config.toml"];

/** Where OpenCode looks in a project, the weakest first. */
const OPENCODE_NAMES = [
  "opencode.json",
  "opencode.jsonc",
  ".opencode/opencode.json",
  ".opencode/opencode.jsonc",
];

/**
 * Reads what the clients would find when started in a folder; only files that exist.
 * @param userFiles the user's own files, which are none of a project's even where a folder holds them
 */
export async function readProjectFiles(
  fs: FileSystem,
  folders: readonly string[],
  userFiles: readonly string[],
): Promise<ProjectFiles> {
  const searched = await Promise.all(folders.map((folder) => upwards(fs, folder)));
  const read = async (places: readonly string[], names: readonly string[], format: "toml" | "jsonc") => {
    const files = places.flatMap((folder) => names.map((name) => path.join(folder, name)));
    const foreign = [...new Set(files)].filter((file) => !userFiles.includes(file));
    const found = await Promise.all(foreign.map((file) => readClientFile(fs, file, format, LARGEST_BYTES)));
    return found.filter(({ exists }) => exists);
  };
  const ofCodex = searched.flatMap(({ passed, isWorkTree }) => (isWorkTree ? passed : passed.slice(-1)));
  // Outside of a work tree OpenCode 1.18.33 goes up to the root of the file system.
  const ofOpencode = searched.flatMap(({ passed }) => passed);
  const [codex, opencode] = await Promise.all([
    read(ofCodex, CODEX_NAMES, "toml"),
    read(ofOpencode, OPENCODE_NAMES, "jsonc"),
  ]);
  return { codex, opencode };
}

/** The folder and those above it, the topmost first, up to the root of its work tree or of the file system. */
async function upwards(fs: FileSystem, folder: string): Promise<{ passed: string[]; isWorkTree: boolean }> {
  const passed: string[] = [];
  for (let next = folder; !passed.includes(next); next = path.dirname(next)) {
    passed.unshift(next);
    const isWorkTree = await fs.stat(path.join(next, ".git")).then(
      () => true,
      () => false,
    );
    if (isWorkTree) return { passed, isWorkTree };
  }
  return { passed, isWorkTree: false };
}
