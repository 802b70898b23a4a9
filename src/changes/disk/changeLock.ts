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

/** No change takes that long: whoever laid down a claim so old is gone or was stopped. */
const ABANDONED_AFTER_MS = 300_000;

/** Claims that this process has not given up yet. */
const held = new Set<string>();

/**
 * Runs one change at a time over all windows of this machine: two that plan from the same bytes would
 * lose one of the updates.
 *
 * Every window lays down a claim (a file of its own name) and goes ahead when it sees no other one. Of two
 * at the same time at least the later sees the earlier, because each writes before it looks. The claim of a
 * window that crashed is recognised by its process being gone; as no name is used twice, taking it away
 * can never hit the claim of a living window.
 */
export async function withChangeLock<T>(store: ChangeStore, run: () => Promise<T>): Promise<T> {
  await store.ready?.();
  const folder = path.join(store.directory, "locks");
  const claim = await acquire(store, folder).catch((error: unknown) => {
    throw asRefusal(error, folder);
  });
  try {
    return await run();
  } finally {
    await withdraw(store, folder, claim);
  }
}

/** @returns the name of the claim */
async function acquire(store: ChangeStore, folder: string): Promise<string> {
  await makeFolder(store.fs, folder);
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    const claim = await newLockName(store.fs);
    held.add(claim);
    try {
      const since = await layDown(store, path.join(folder, claim));
      if (!(await isClaimed(store, folder, claim, since))) return claim;
    } catch (error) {
      await withdraw(store, folder, claim);
      throw error;
    }
    await withdraw(store, folder, claim);
    await delay(Math.random() * RETRY_MS);
  }
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another window is changing configuration files. Try again in a moment."),
  );
}

/** @returns the time by the clock of the file system, in ms */
async function layDown(store: ChangeStore, claim: string): Promise<number> {
  const file = await store.fs.open(claim, "wx", 0o600);
  try {
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
  }
}

/** Never throws: what was done under the lock counts, and a claim that is no longer held blocks nobody. */
async function withdraw(store: ChangeStore, folder: string, claim: string): Promise<void> {
  held.delete(claim);
  await store.fs.rm(path.join(folder, claim), { force: true }).catch(() => undefined);
}

/** Is there a living claim beside our own? Dead ones are taken away. */
async function isClaimed(store: ChangeStore, folder: string, own: string, now: number): Promise<boolean> {
  for (const name of await store.fs.readdir(folder)) {
    if (name === own) continue;
    const file = path.join(folder, name);
    const isDead = (await isAbandonedLock(store.fs, name, held)) || (await isAbandoned(store, file, now));
    if (!isDead) return true;
    await store.fs.rm(file, { force: true });
  }
  return false;
}

/** Measured against our own claim, so that only the clock of the file system counts. */
async function isAbandoned(store: ChangeStore, claim: string, now: number): Promise<boolean> {
  try {
    return now - (await store.fs.stat(claim)).mtimeMs > ABANDONED_AFTER_MS;
  } catch (error) {
    // Withdrawn while we looked.
    if (isErrorCode(error, "ENOENT")) return true;
    throw error;
  }
}
