import { type ChangeStore, type FilePlace, hashValue, identityOf, type JournalEntry } from "../store";
import { isSamePlace } from "../spelling";
import { identitiesIn } from "./fileIdentities";
import { readJournal } from "./journal/journal";
import { type KeyPath, samePath } from "../document/edits/keyEdit";

/** What we left at one key of one file, as far as the journal knows. The values are not kept, only their hashes. */
export interface WrittenValue {
  /** Identity of the file. */
  readonly file: string;
  /** Every spelling of it that we have used. */
  readonly spellings: readonly string[];
  readonly key: KeyPath;
  /** Of the latest value; undefined: we removed the key, or the change was undone. */
  readonly valueHash: string | undefined;
  /** Of all values that we ever left there. */
  readonly allHashes: readonly string[];
}

/** Every key that we ever wrote. Reads the journal alone, neither files nor backups. */
export async function readWrittenValues(store: ChangeStore): Promise<WrittenValue[]> {
  const written = new Map<string, WrittenValue>();
  // One of a later version is for the change to refuse; the look at the machine goes on without it.
  const journal = await readJournal(store).catch((): JournalEntry[] => []);
  const identityIn = identitiesIn(journal.flatMap(({ files }) => files));
  for (const entry of journal.filter(({ state }) => state === "done")) {
    for (const file of entry.files) {
      const identity = identityIn(file);
      for (const { path: key, valueHash } of file.edits) {
        const id = JSON.stringify([identity, key]);
        const { allHashes = [], spellings = [] } = written.get(id) ?? {};
        // An undo leaves the user's own value, which is nobody else's doing; undone in turn, it brings ours back.
        const isOurs = valueHash !== undefined && (!entry.undoes || allHashes.includes(valueHash));
        written.set(id, {
          file: identity,
          spellings: [...new Set([...spellings, file.path])],
          key,
          valueHash: isOurs ? valueHash : undefined,
          allHashes: isOurs ? [...allHashes, valueHash] : allHashes,
        });
      }
    }
  }
  return [...written.values()];
}

export function writtenAt(
  written: readonly WrittenValue[],
  place: FilePlace,
  key: KeyPath,
): WrittenValue | undefined {
  return written.find((each) => isIn(each, place) && samePath(each.key, key));
}

/** The value is the one that we left there. */
export function isAsWritten(written: WrittenValue | undefined, value: unknown): boolean {
  return value !== undefined && written?.valueHash === hashValue(value);
}

/** The value was written into this file, however that was spelled then. */
export function isIn({ file, spellings }: WrittenValue, place: FilePlace): boolean {
  return file === identityOf(place) || spellings.some((each) => isSamePlace(each, place.path));
}
