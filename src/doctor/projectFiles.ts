import * as path from "node:path";
import type { FileSystem } from "../changes/userFile";
import { type ClientFile, readClientFile } from "../clients/clientFile";

export type ProjectFile = ClientFile;

/** Where OpenCode looks in a project, the weakest first. */
const NAMES = ["opencode.json", "opencode.jsonc", ".opencode/opencode.json", ".opencode/opencode.jsonc"];

/** OpenCode's configuration files in folders; only those that exist. */
export async function readProjectFiles(
  fs: FileSystem,
  folders: readonly string[],
): Promise<readonly ProjectFile[]> {
  const files = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const read = await Promise.all(files.map((file) => readClientFile(fs, file, "jsonc")));
  return read.filter(({ exists }) => exists);
}
