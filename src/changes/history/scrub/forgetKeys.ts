import { withChangeLock } from "../../disk/changeLock";
import type { ChangeStore } from "../../store";
import { recoverUnfinished } from "../recovery";
import { scrubBackups } from "./scrubBackups";

/**
 * Takes our keys out of everything beside the files in use: out of the backups, and of what a crash left beside
 * the user's files. Can be repeated at any time.
 * @param removed the key that is removed now
 * @param kept keys that are stored still: who restores a configuration with one wants it back
 */
export function forgetKeys(
  store: ChangeStore,
  removed?: string,
  kept: readonly string[] = [],
): Promise<void> {
  return withChangeLock(store, async () => {
    // A file that cannot be brought back now keeps no key from being forgotten.
    await recoverUnfinished(store);
    await scrubBackups(store, removed, kept);
  });
}
