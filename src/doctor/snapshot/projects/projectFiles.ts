import * as path from "node:path";
import type { FileSystem } from "../../../changes/disk/userFile";
import { spellingOf } from "../../../changes/spelling";
import { type ClientFile, readClientFile } from "../../../clients/configFile";
import { projectPlaces } from "./projectPlaces";

/** The clients' configuration files that a project brings along; the user did not write them, so none is trusted. */
export interface ProjectFiles {
  readonly codex: readonly ClientFile[];
  readonly opencode: readonly ClientFile[];
  /** Absolute paths of code that OpenCode runs because of where it lies; one of each folder. */
  readonly opencodeCode: readonly string[];
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
    const foreign = await withoutThose(fs, files, userFiles);
    const found = await Promise.all(foreign.map((file) => readClientFile(fs, file, format, LARGEST_BYTES)));
    return found.filter(({ exists }) => exists);
  };
  const userFolders = userFiles.map((file) => path.dirname(file));
  const codeParents = await withoutThose(
    fs,
    places.opencodeCode.map((folder) => path.dirname(folder)),
    userFolders,
  );
  const foreignFolders = places.opencodeCode.filter((folder) => codeParents.includes(path.dirname(folder)));
  const [codex, opencode, opencodeCode] = await Promise.all([
    read(places.codex, "toml"),
    read(places.opencode, "jsonc"),
    Promise.all(foreignFolders.map((folder) => firstCode(fs, folder))),
  ]);
  return { codex, opencode, opencodeCode: opencodeCode.filter((file) => file !== undefined) };
}

/** Without the places that are the user's own, however the folder that is open is spelled or linked. */
async function withoutThose(
  fs: Pick<FileSystem, "realpath">,
  places: readonly string[],
  own: readonly string[],
): Promise<string[]> {
  const real = (place: string) => fs.realpath(place).then(spellingOf, () => spellingOf(place));
  const known = new Set(await Promise.all(own.map(real)));
  const theirs = await Promise.all(places.map(real));
  return places.filter((_, index) => !known.has(theirs[index] ?? ""));
}

/** One is as bad as a thousand. */
async function firstCode(fs: Pick<FileSystem, "readdir">, folder: string): Promise<string | undefined> {
  const names = await fs.readdir(folder).catch(() => []);
  const first = names.filter((name) => /\.[jt]s$/.test(name)).sort()[0];
  return first === undefined ? undefined : path.join(folder, first);
}
