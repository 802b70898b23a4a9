import type { JournalEntry } from "../store";

/**
 * The changes that can be undone, newest first: of one client or of all. A change that was undone is
 * left out until its undo is undone in turn.
 */
export function undoableEntries(journal: readonly JournalEntry[], client?: string): JournalEntry[] {
  const done = journal.filter(({ state }) => state === "done");
  const undone = new Set<string>();
  for (const entry of [...done].reverse())
    if (entry.undoes && !undone.has(entry.id)) undone.add(entry.undoes);
  return done.filter((entry) => !undone.has(entry.id) && (!client || entry.client === client)).reverse();
}
