import type { JournalEntry } from "../store";

/**
 * The changes that can be undone, newest first: of one client or of all. A change that was undone is
 * left out until its undo is undone in turn, and so is one of permissions alone: a key stays the user's own.
 */
export function undoableEntries(journal: readonly JournalEntry[], client?: string): JournalEntry[] {
  const done = journal.filter(({ state }) => state === "done");
  const undone = new Set<string>();
  for (const entry of [...done].reverse())
    if (entry.undoes && !undone.has(entry.id)) undone.add(entry.undoes);
  return done
    .filter((entry) => !undone.has(entry.id) && !keptEveryByte(entry) && (!client || entry.client === client))
    .reverse();
}

function keptEveryByte({ files }: JournalEntry): boolean {
  return files.length > 0 && files.every(({ beforeHash, afterHash }) => beforeHash === afterHash);
}
