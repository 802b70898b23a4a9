import { shareReadings } from "./readings";
import type { FileSystem } from "./userFile";

/** What a look at files depended on. */
export interface TrackedReads {
  readonly fs: FileSystem;
  /** Whether everything that was read is as it was: file by file, also what was not there and where links lead. */
  isUnchanged(): Promise<boolean>;
}

type Ask = "stat" | "realpath" | "readlink";

/**
 * A file system that remembers of each file and folder that is read through it what the system called it right before,
 * so that a later look knows without reading whether it would find the same. Keeps no content.
 */
export function trackReads(fs: FileSystem): TrackedReads {
  const seen = new Map<string, Promise<string>>();
  const note = (ask: Ask, path: unknown) => {
    const id = `${ask} ${String(path)}`;
    if (!seen.has(id)) seen.set(id, answerOf(fs, ask, String(path)));
    return seen.get(id);
  };
  const tracked =
    (name: Ask | "open" | "readdir", ask: Ask) =>
    async (path: unknown, ...rest: unknown[]) => {
      await note(ask, path);
      return (fs[name] as (...args: unknown[]) => Promise<unknown>)(path, ...rest);
    };
  const reading = {
    open: tracked("open", "stat"),
    stat: tracked("stat", "stat"),
    // A folder has another time as soon as it has other entries.
    readdir: tracked("readdir", "stat"),
    realpath: tracked("realpath", "realpath"),
    readlink: tracked("readlink", "readlink"),
  };
  const trackedFs: FileSystem = { ...fs, ...(reading as unknown as Pick<FileSystem, keyof typeof reading>) };
  shareReadings(fs, trackedFs);
  return {
    fs: trackedFs,
    isUnchanged: async () => {
      const same = [...seen].map(async ([id, before]) => {
        const ask = id.slice(0, id.indexOf(" ")) as Ask;
        return (await answerOf(fs, ask, id.slice(ask.length + 1))) === (await before);
      });
      return (await Promise.all(same)).every(Boolean);
    },
  };
}

async function answerOf(fs: FileSystem, ask: Ask, path: string): Promise<string> {
  try {
    if (ask !== "stat") return await fs[ask](path);
    const { dev, ino, size, mode, mtimeMs, ctimeMs } = await fs.stat(path);
    // The time of the last change cannot be set back as that of the content can.
    return [dev, ino, size, mode, mtimeMs, ctimeMs].join(" ");
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "not there";
  }
}
