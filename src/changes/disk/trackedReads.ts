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
  const noteFile = (path: string) => {
    const id = `stat ${path}`;
    const known = seen.get(id) ?? answerOf(fs, "stat", path);
    seen.set(id, known);
    return known;
  };
  const tracked =
    (name: "open" | "stat" | "readdir") =>
    async (path: unknown, ...rest: unknown[]) => {
      await noteFile(String(path));
      return (fs[name] as (...args: unknown[]) => Promise<unknown>)(path, ...rest);
    };
  // Where each folder of the PATH leads is asked for each program, and is answered once.
  const answers = new Map<string, Promise<string>>();
  const answered = (ask: "realpath" | "readlink") => (path: string) => {
    const id = `${ask} ${path}`;
    const known = answers.get(id);
    if (known) return known;
    const answer: Promise<string> = fs[ask](path);
    answers.set(id, answer);
    seen.set(id, answer.catch(codeOf));
    return answer;
  };
  const reading = {
    open: tracked("open"),
    stat: tracked("stat"),
    // A folder has another time as soon as it has other entries.
    readdir: tracked("readdir"),
    realpath: answered("realpath"),
    readlink: answered("readlink"),
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
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "not there";
}
