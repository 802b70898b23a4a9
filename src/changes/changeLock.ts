import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { ChangeStore } from "./changeStore";
import { Refusal } from "./refusal";
import { isErrorCode } from "./userFile";

const RETRY_MS = 25;
const RETRIES = 400;

/**
 * Runs one change at a time over all windows of this machine: two that plan from the same bytes would
 * lose one of the updates. The lock of a window that crashed is recognised by its process being gone.
 */
export async function withChangeLock<T>(store: ChangeStore, run: () => Promise<T>): Promise<T> {
  await store.fs.mkdir(store.directory, { recursive: true, mode: 0o700 });
  const lock = path.join(store.directory, "changes.lock");
  await acquire(store, lock);
  try {
    return await run();
  } finally {
    await store.fs.rm(lock, { force: true });
  }
}

async function acquire(store: ChangeStore, lock: string): Promise<void> {
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    try {
      const file = await store.fs.open(lock, "wx", 0o600);
      try {
        await file.writeFile(String(process.pid));
      } finally {
        await file.close();
      }
      return;
    } catch (error) {
      if (!isErrorCode(error, "EEXIST")) throw error;
    }
    if (await isStale(store, lock)) await store.fs.rm(lock, { force: true });
    else await delay(RETRY_MS);
  }
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another window is changing configuration files. Try again in a moment."),
  );
}

async function isStale(store: ChangeStore, lock: string): Promise<boolean> {
  try {
    const pid = Number(await store.fs.readFile(lock, "utf8"));
    if (!Number.isInteger(pid) || pid <= 0) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isErrorCode(error, "ESRCH");
  }
}
