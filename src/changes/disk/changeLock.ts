import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { ChangeStore } from "../store";
import { isAbandonedLock, newLockName } from "./lockFile";
import { makeFolder } from "./folders";
import { Refusal } from "../refusal";
import { isErrorCode } from "./errorCode";
import { asRefusal } from "./userFile";

/** Upper limit of the pause between two tries; chosen at random so that two windows get out of step. */
const RETRY_MS = 50;
const RETRIES = 400;

/** No change takes that long: whoever laid down a lock file so old is gone or was stopped. */
const ABANDONED_AFTER_MS = 300_000;

/** Claims that this process has not given up yet. */
const held = new Set<string>();

/**
 * Runs one change at a time over all windows of this machine: two that plan from the same bytes would
 * lose one of the updates.
 *
 * Every window lays down a lock file of its own name and goes ahead when it sees no other one. Of two
 * at the same time at least the later sees the earlier, because each writes before it looks. The lock file of a
 * window that crashed is recognised by its process being gone; as no name is used twice, taking it away
 * can never hit the lock file of a living window.
 */
export async function withChangeLock<T>(store: ChangeStore, run: () => Promise<T>): Promise<T> {
  await store.ready?.();
  const folder = path.join(store.directory, "locks");
  const lockFile = await acquire(store, folder).catch((error: unknown) => {
    throw asRefusal(error, folder);
  });
  try {
    return await run();
  } finally {
    await withdraw(store, folder, lockFile);
  }
}

/** @returns the name of the lock file */
async function acquire(store: ChangeStore, folder: string): Promise<string> {
  await makeFolder(store.fs, folder);
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    const lockFile = await newLockName(store.fs);
    held.add(lockFile);
    try {
      const since = await layDown(store, path.join(folder, lockFile));
      if (!(await isLocked(store, folder, lockFile, since))) return lockFile;
    } catch (error) {
      await withdraw(store, folder, lockFile);
      throw error;
    }
    await withdraw(store, folder, lockFile);
    await delay(Math.random() * RETRY_MS);
  }
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another window is changing configuration files. Try again in a moment."),
  );
}

/** @returns the time by the clock of the file system, in ms */
async function layDown(store: ChangeStore, lockFile: string): Promise<number> {
  const file = await store.fs.open(lockFile, "wx", 0o600);
  try {
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
  }
}

/** Never throws: what was done under the lock counts, and a lock file that is no longer held blocks nobody. */
async function withdraw(store: ChangeStore, folder: string, lockFile: string): Promise<void> {
  held.delete(lockFile);
  await store.fs.rm(path.join(folder, lockFile), { force: true }).catch(() => undefined);
}

/** Is there a living lock file beside our own? Dead ones are taken away. */
async function isLocked(store: ChangeStore, folder: string, own: string, now: number): Promise<boolean> {
  for (const name of await store.fs.readdir(folder)) {
    if (name === own) continue;
    const file = path.join(folder, name);
    const isDead = (await isAbandonedLock(store.fs, name, held)) || (await isAbandoned(store, file, now));
    if (!isDead) return true;
    await store.fs.rm(file, { force: true });
  }
  return false;
}

/** Measured against our own lock file, so that only the clock of the file system counts. */
async function isAbandoned(store: ChangeStore, lockFile: string, now: number): Promise<boolean> {
  try {
    return now - (await store.fs.stat(lockFile)).mtimeMs > ABANDONED_AFTER_MS;
  } catch (error) {
    // Withdrawn while we looked.
    if (isErrorCode(error, "ENOENT")) return true;
    throw error;
  }
}
