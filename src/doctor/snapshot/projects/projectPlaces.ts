import * as path from "node:path";
import type { FileSystem } from "../../../changes/disk/userFile";

const CODEX_NAMES = [".codex/config.toml"];

/** Where OpenCode looks in a project, the weakest first. */
const OPENCODE_NAMES = [
  "opencode.json",
  "opencode.jsonc",
  ".opencode/opencode.json",
  ".opencode/opencode.jsonc",
];

/** Whatever code lies here OpenCode 1.18.33 runs when it starts. */
const CODE_FOLDERS = ["plugin", "plugins", "tool", "tools"].map((name) => `.opencode/${name}`);

/** Where the clients would look when started in one of the folders; absolute paths, whether there is a file or not. */
export async function projectPlaces(
  fs: Pick<FileSystem, "stat">,
  folders: readonly string[],
): Promise<{
  readonly codex: readonly string[];
  readonly opencode: readonly string[];
  /** Folders. */
  readonly opencodeCode: readonly string[];
}> {
  const searched = await Promise.all(folders.map((folder) => upwards(fs, folder)));
  const inAll = (places: readonly string[], names: readonly string[]) => [
    ...new Set(places.flatMap((folder) => names.map((name) => path.join(folder, name)))),
  ];
  const passedByOpencode = searched.flatMap(({ passed }) => passed);
  return {
    codex: inAll(
      searched.flatMap(({ passed, isWorkTree }) => (isWorkTree ? passed : passed.slice(-1))),
      CODEX_NAMES,
    ),
    // Outside of a work tree OpenCode 1.18.33 goes up to the root of the file system.
    opencode: inAll(passedByOpencode, OPENCODE_NAMES),
    opencodeCode: inAll(passedByOpencode, CODE_FOLDERS),
  };
}

/** The folder and those above it, the topmost first, up to the root of its work tree or of the file system. */
async function upwards(
  fs: Pick<FileSystem, "stat">,
  folder: string,
): Promise<{ passed: string[]; isWorkTree: boolean }> {
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
