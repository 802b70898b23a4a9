import { journalPath } from "../../changes/store";
import type { FileSystem } from "../../changes/disk/userFile";
import { keyFilePlaces } from "../../clients/opencode/state/home";
import { projectPlaces } from "../../doctor/snapshot/projects/projectPlaces";
import type { Services } from "../services";

/**
 * A folder brings configuration of a client along, or code that one runs, and there is something of ours on
 * this machine that it could take: the stored key, the key file, or what the journal tells of. Loads no parser.
 * @param folders absolute paths
 */
export async function areFoldersAtRisk(
  {
    apiKeys,
    changes,
    environment,
  }: Pick<Services, "changes" | "environment"> & { readonly apiKeys: Pick<Services["apiKeys"], "read"> },
  folders: readonly string[],
): Promise<boolean> {
  if (folders.length === 0) return false;
  const machine = environment();
  const { codex, opencode, opencodeCode } = await projectPlaces(machine.fs, folders);
  if (!(await anyExists(machine.fs, [...codex, ...opencode, ...opencodeCode]))) return false;
  const apiKey = await apiKeys.read().catch(() => undefined);
  return apiKey !== undefined || anyExists(machine.fs, [...keyFilePlaces(machine), journalPath(changes)]);
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
