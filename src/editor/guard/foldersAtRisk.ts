import type { FileSystem } from "../../changes/disk/userFile";
import { projectPlaces } from "../../doctor/snapshot/projects/projectPlaces";
import { isAnythingOurs, type OurPlaces } from "../machine/ofOurs";

/**
 * A folder brings configuration of a client along, or code that one runs, and there is something of ours on
 * this machine that it could take: the stored key, the key file, or what the journal tells of. Needs no parser.
 * @param folders absolute paths
 */
export async function areFoldersAtRisk(places: OurPlaces, folders: readonly string[]): Promise<boolean> {
  if (folders.length === 0) return false;
  const { fs } = places.environment();
  const { codex, opencode, opencodeCode } = await projectPlaces(fs, folders);
  return (await anyExists(fs, [...codex, ...opencode, ...opencodeCode])) && isAnythingOurs(places);
}

async function anyExists(fs: Pick<FileSystem, "stat">, files: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    files.map((file) =>
      fs.stat(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
