import * as path from "node:path";
import type { FileFormat } from "../plan";
import { backupFolder, type ChangeStore, type FilePlace, hashOf, type JournalFile } from "../store";
import { identitiesIn } from "./fileIdentities";
import { readJournal } from "./journal";
import { type KeyPath, samePath } from "../document/edits/keyEdit";
import { wasOurs } from "./pinOriginals";
import { type RawValue, rawValuesIn, readDocument } from "../document/readDocument";
import { decode } from "../document/sourceText";
import { readUserFile } from "../disk/userFile";
import { valueAt } from "../document/valueAt";

interface Original {
  /** Hash of our latest value of the key; undefined: we took it out. */
  readonly ours: string | undefined;
  /** The user's own value before our first write in a row; undefined: the key was not there. */
  readonly value: RawValue | undefined;
}

/**
 * Looks up in the journal what stood at a key before we wrote it.
 * @returns a function that gives the original value or "absent", and undefined where the value on disk is
 * not (or no longer) ours; for a key that is not there, the text of one that we took out
 */
export async function readOriginalValues(
  store: ChangeStore,
): Promise<(file: FilePlace, key: KeyPath, current: unknown) => RawValue | "absent" | undefined> {
  const originals = new Map<string, Original>();
  const files = (await readJournal(store)).flatMap((entry) => entry.files);
  const identityOf = identitiesIn(files);
  for (const file of files) {
    await follow(store, file, identityOf(file), originals);
  }
  return (file, key, current) => {
    const original = originals.get(JSON.stringify([identityOf(file), key]));
    if (!original || hashOf(current) !== original.ours) return undefined;
    return original.value ?? (current === undefined ? undefined : "absent");
  };
}

/**
 * Entries of earlier versions do not name the backup. There a chain of our own writes keeps the first
 * original, and a value of the user's in between starts a new chain; where the backup is gone nothing speaks
 * against the chain going on.
 */
async function follow(
  store: ChangeStore,
  file: JournalFile,
  identity: string,
  originals: Map<string, Original>,
): Promise<void> {
  const { format } = file;
  if (!format) return;
  const own = await readBackup(store, file.backup);
  const isGone = file.backup !== undefined && own === undefined;
  for (const edit of file.edits) {
    const key = JSON.stringify([identity, edit.path]);
    const known = originals.get(key);
    const { original } = edit;
    if (original) {
      const name = original.backup;
      const pinned = name === undefined ? undefined : path.join(backupFolder(store), name);
      const text = pinned === file.backup ? own : await readBackup(store, pinned);
      // Without its backup nobody knows what the user had, so nothing is put back or taken out.
      if (pinned !== undefined && text === undefined) originals.delete(key);
      else originals.set(key, { ours: edit.valueHash, value: valueIn(format, text, edit.path) });
    } else {
      const before = own === undefined ? undefined : valueAt(readDocument(format, own), edit.path);
      const continues = isGone || (known !== undefined && wasOurs(before, known.ours, edit.secret));
      originals.set(key, {
        ours: edit.valueHash,
        value: continues ? known?.value : valueIn(format, own, edit.path),
      });
    }
  }
}

async function readBackup(store: ChangeStore, backup: string | undefined): Promise<string | undefined> {
  const saved = backup === undefined ? undefined : await readUserFile(store.fs, backup);
  return saved && decode(saved.bytes).text;
}

function valueIn(format: FileFormat, text: string | undefined, key: KeyPath): RawValue | undefined {
  return text === undefined
    ? undefined
    : rawValuesIn(format, text)(key).find((value) => samePath(value.path, key));
}
