import { type StagedChange, stageDeletion, stageWrite } from "./atomicWrite";
import type { PreparedFile } from "../prepare";
import { asRefusal, type FileSystem } from "./userFile";

/**
 * Gets a file ready to be changed in one step.
 * @param tag id of the change
 * @param newFolder of a file that is deleted: topmost of the folders that were made for it
 * @throws Refusal with the file's path, from here and from the steps
 */
export async function stageFile(
  fs: FileSystem,
  file: PreparedFile,
  tag: string,
  newFolder?: string,
): Promise<StagedChange> {
  const { path } = file.planned;
  const explained = (error: unknown): never => {
    throw asRefusal(error, path);
  };
  const staged = await stage(fs, file, tag, newFolder).catch(explained);
  return { ...staged, commit: () => staged.commit().catch(explained) };
}

async function stage(
  fs: FileSystem,
  { planned, before, after }: PreparedFile,
  tag: string,
  newFolder: string | undefined,
): Promise<StagedChange> {
  const { path, credential } = planned;
  const replaced = planned.kind === "replace" ? planned : undefined;
  if (!after) return stageDeletion(fs, path, before, newFolder);
  return stageWrite(fs, {
    path,
    content: after,
    mode: credential ? 0o600 : (replaced?.mode ?? 0o600),
    enforceMode: credential,
    expected: before,
    tag,
  });
}
