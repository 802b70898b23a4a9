/** What the user answers to "Open CC Switch, then Continue". */
export type AskToOpen = (isSeenNotToRun: boolean) => Promise<boolean>;

/**
 * The key stays here until CC Switch runs, or until the user says so where it cannot be seen.
 * @param isRunning looks each time anew; undefined where nobody can tell
 * @returns false when the user left
 */
export async function waitUntilRunning(
  isRunning: () => Promise<boolean | undefined>,
  ask: AskToOpen,
): Promise<boolean> {
  for (;;) {
    const seen = await isRunning();
    if (seen === true) return true;
    if (!(await ask(seen === false))) return false;
    if (seen === undefined) return true;
  }
}
