import * as path from "node:path";
import { hashValue, type JournalEdit, type JournalEntry, type JournalFile } from "../store";
import { identitiesIn } from "./fileIdentities";
import { samePath } from "../document/edits/keyEdit";
import { documentIn } from "../document/readDocument";
import { valueAt } from "../document/valueAt";

/**
 * Notes with each edit which backup holds the user's own text: the copy made now, or for a value that was
 * already ours the one that its last change named. So nobody has to follow the chain later, when links of it
 * may be gone, and take a value of ours for the user's.
 * @param journal all earlier entries, oldest first
 * @param before what the file held before the change
 */
export function pinOriginals(
  journal: readonly JournalEntry[],
  file: JournalFile,
  before: Uint8Array | undefined,
): JournalFile {
  if (!file.format) return file;
  const document = documentIn(file.format, before);
  const edits = file.edits.map((edit): JournalEdit => {
    const value = valueAt(document, edit.path);
    const last = lastEdit(journal, file, edit);
    if (last && wasOurs(value, last.valueHash, last.secret))
      return last.original ? { ...edit, original: last.original } : edit;
    const backup = value === undefined || file.backup === undefined ? undefined : path.basename(file.backup);
    return { ...edit, original: backup === undefined ? {} : { backup } };
  });
  return { ...file, edits };
}

/** The value is what our last change left there. */
export function wasOurs(value: unknown, valueHash: string | undefined, secret = false): boolean {
  if (valueHash === undefined || value === undefined) return false;
  // Removing the API key leaves an empty value in the backups.
  return hashValue(value) === valueHash || (secret && value === "");
}

function lastEdit(
  journal: readonly JournalEntry[],
  file: JournalFile,
  edit: JournalEdit,
): JournalEdit | undefined {
  const files = journal.flatMap((entry) => entry.files);
  const identityOf = identitiesIn([...files, file]);
  return files
    .filter((each) => identityOf(each) === identityOf(file))
    .flatMap(({ edits }) => edits)
    .findLast((each) => samePath(each.path, edit.path));
}
