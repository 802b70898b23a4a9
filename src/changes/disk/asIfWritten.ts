import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { holding } from "./withContents";
import type { FileSystem } from "./userFile";

/**
 * The disk as it would be with some files written or deleted, for a look at what a change leads to before it is made.
 * Only for reading.
 * @param changed path → content; undefined: no file
 */
export async function asIfWritten(
  fs: FileSystem,
  changed: Iterable<readonly [path: string, content: Uint8Array | undefined]>,
): Promise<FileSystem> {
  const files = new Map((await Promise.all([...changed].map((file) => alsoBehindLinks(fs, file)))).flat());
  const isPlanned = (path: unknown): path is string => files.has(String(path));
  const planned = (path: string): Uint8Array => {
    const content = files.get(path);
    if (!content) throw Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
    return content;
  };
  const open = async (path: unknown, ...rest: unknown[]) => {
    const content = isPlanned(path) ? planned(path) : undefined;
    const file = await through(fs.open)(path, ...rest).catch((error: unknown) => {
      if (!content) throw error;
      return newFile(content.length);
    });
    return content ? holding(file, content) : file;
  };
  const stat = async (path: unknown, ...rest: unknown[]) => {
    const size = isPlanned(path) ? planned(path).length : undefined;
    return through(fs.stat)(path, ...rest).catch((error: unknown) => {
      if (size === undefined) throw error;
      return statsOf(size);
    });
  };
  const realpath = async (path: unknown, ...rest: unknown[]) => {
    if (isPlanned(path)) planned(path);
    return through(fs.realpath)(path, ...rest).catch((error: unknown) => {
      if (!isPlanned(path)) throw error;
      return path;
    });
  };
  return {
    ...fs,
    ...({ open, stat, realpath } as unknown as Pick<FileSystem, "open" | "stat" | "realpath">),
  };
}

/** A file is read by its own name or by the one behind links. */
async function alsoBehindLinks(fs: FileSystem, [path, content]: readonly [string, Uint8Array | undefined]) {
  const real = await fs.realpath(path).catch(() => path);
  return [path, real].map((each) => [each, content] as const);
}

/** A call with the arguments as they came: those of the file system have many forms. */
function through<Result>(call: (...args: never[]) => Promise<Result>) {
  return (...args: unknown[]) => (call as (...args: unknown[]) => Promise<Result>)(...args);
}

function newFile(size: number): FileHandle {
  const handle = { stat: () => Promise.resolve(statsOf(size)), close: () => Promise.resolve() };
  return handle as unknown as FileHandle;
}

/** As we would make it. */
function statsOf(size: number): Stats {
  const kind = { isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false };
  const rest = { dev: 0, ino: 0, nlink: 1, uid: 0, gid: 0, mtimeMs: 0, ctimeMs: 0, mode: 0o100600 };
  return { ...kind, ...rest, size } as unknown as Stats;
}
