import { setTimeout as delay } from "node:timers/promises";
import { isErrorCode } from "./errorCode";

/** What Windows says of a file that a virus scanner, a search index or another program holds open. */
const BUSY = ["EPERM", "EACCES", "EBUSY"];

const FIRST_PAUSE_MS = 10;
/** Doubled until then the pauses make about 1.3 s in all. */
const LAST_PAUSE_MS = 640;

const OPERATIONS = new Set([
  "mkdir",
  "open",
  "readdir",
  "readlink",
  "realpath",
  "rename",
  "rm",
  "rmdir",
  "stat",
  "unlink",
  "writeFile",
]);

/** A file stayed busy for as long as we tried. Has the code of the operating system's error. */
export class FileInUse extends Error {
  constructor(readonly code: string) {
    super(`${code}: the file is in use`);
  }
}

/**
 * For Windows, where a file that somebody reads can be neither replaced nor deleted for that moment: tries
 * again for a while instead of failing.
 * @param pause waits that many milliseconds
 */
export function retryingFileSystem<T extends object>(
  fs: T,
  pause: (ms: number) => Promise<unknown> = delay,
): T {
  const operations = Object.entries(fs).map(([name, operation]: [string, unknown]) =>
    OPERATIONS.has(name) && typeof operation === "function"
      ? [
          name,
          (...args: unknown[]) =>
            retried(() => Reflect.apply(operation, fs, args) as Promise<unknown>, pause),
        ]
      : [name, operation],
  );
  return Object.fromEntries(operations) as T;
}

async function retried(
  run: () => Promise<unknown>,
  pause: (ms: number) => Promise<unknown>,
): Promise<unknown> {
  for (let wait = FIRST_PAUSE_MS; ; wait *= 2) {
    try {
      return await run();
    } catch (error) {
      const code = BUSY.find((busy) => isErrorCode(error, busy));
      if (code === undefined) throw error;
      if (wait > LAST_PAUSE_MS) throw new FileInUse(code);
      await pause(wait);
    }
  }
}
