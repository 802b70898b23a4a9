import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { ChangeStore } from "./changeStore";
import { Refusal } from "./refusal";
import { asRefusal, isErrorCode } from "./userFile";

/** Upper limit of the pause between two tries; chosen at random so that two windows get out of step. */
const RETRY_MS = 50;
const RETRIES = 400;

/** No change takes that long: the process id of a claim so old belongs to another program by now. */
const ABANDONED_AFTER_MS = 300_000;

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
  const folder = path.join(store.directory, "locks");
  const claim = await acquire(store, folder).catch((error: unknown) => {
    throw asRefusal(error, folder);
  });
  try {
    return await run();
  } finally {
    await store.fs.rm(claim, { force: true });
  }
}

/** @returns the path of the claim */
async function acquire(store: ChangeStore, folder: string): Promise<string> {
  await store.fs.mkdir(folder, { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    const name = `${process.pid}-${randomBytes(6).toString("hex")}`;
    const claim = path.join(folder, name);
    await (await store.fs.open(claim, "wx", 0o600)).close();
    if (!(await isClaimed(store, folder, name))) return claim;
    await store.fs.rm(claim, { force: true });
    await delay(Math.random() * RETRY_MS);
  }
  throw new Refusal(
    "change/changed-meanwhile",
    l10n.t("Another window is changing configuration files. Try again in a moment."),
  );
}

/** Is there a living claim beside our own? Dead ones are taken away. */
async function isClaimed(store: ChangeStore, folder: string, own: string): Promise<boolean> {
  for (const name of await store.fs.readdir(folder)) {
    if (name === own) continue;
    if (!isDead(name) && !(await isAbandoned(store, folder, name, own))) return true;
    await store.fs.rm(path.join(folder, name), { force: true });
  }
  return false;
}

function isDead(name: string): boolean {
  try {
    process.kill(Number.parseInt(name, 10), 0);
    return false;
  } catch (error) {
    // EPERM means alive: a window of another user.
    return isErrorCode(error, "ESRCH");
  }
}

/** Measured against our own claim, so that only the clock of the file system counts. */
async function isAbandoned(store: ChangeStore, folder: string, name: string, own: string): Promise<boolean> {
  try {
    const [other, ours] = [
      await store.fs.stat(path.join(folder, name)),
      await store.fs.stat(path.join(folder, own)),
    ];
    return ours.mtimeMs - other.mtimeMs > ABANDONED_AFTER_MS;
  } catch (error) {
    // Withdrawn while we looked.
    if (isErrorCode(error, "ENOENT")) return true;
    throw error;
  }
}
