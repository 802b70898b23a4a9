import { withChangeLock } from "../../disk/changeLock";
import type { ChangeStore } from "../../store";
import { recoverInterruptedChanges } from "../recovery";
import { scrubBackups } from "./scrubBackups";

/**
 * Takes our keys out of everything beside the files in use: out of the backups, and of what a crash left beside
 * the user's files. Can be repeated at any time.
 * @param removed the key that is removed now
 */
export async function forgetKeys(store: ChangeStore, removed?: string): Promise<void> {
  // A file that cannot be brought back now keeps no key from being forgotten.
  await recoverInterruptedChanges(store).catch(() => []);
  await withChangeLock(store, () => scrubBackups(store, removed));
}
