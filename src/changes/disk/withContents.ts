import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "./userFile";

/**
 * A file system in which some files hold other bytes than on disk, such as what is typed and not saved yet.
 * @param contentOf of a file that is there; undefined: what is on disk
 */
export function withContents(
  fs: FileSystem,
  contentOf: (path: string) => Uint8Array | undefined,
): FileSystem {
  const open: FileSystem["open"] = async (path, flags, mode) => {
    const file = await fs.open(path, flags, mode);
    const content = contentOf(String(path));
    return content ? holding(file, content) : file;
  };
  return { ...fs, open };
}

/** As far as reading goes; everything else is the file's own. */
export function holding(file: FileHandle, content: Uint8Array): FileHandle {
  const read = (into: Uint8Array, at: number, length: number, from: number) => {
    const bytes = content.subarray(from, from + length);
    into.set(bytes, at);
    return Promise.resolve({ bytesRead: bytes.length, buffer: into });
  };
  const handle: Pick<FileHandle, "stat" | "close"> = {
    stat: file.stat.bind(file),
    close: file.close.bind(file),
  };
  return { ...handle, read } as FileHandle;
}
