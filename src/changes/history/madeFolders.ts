import { realPlaceOf } from "../disk/atomicWrite";
import type { ChangeStore } from "../store";
import { identitiesIn } from "./fileIdentities";
import { readJournal } from "./journal/journal";

/**
 * The topmost of the folders that were made when we last made a file: whichever change deletes the file, they go with
 * it as far as they are empty. Undefined: we did not make it, or its folder was there.
 */
export async function folderMadeFor(store: ChangeStore, file: string): Promise<string | undefined> {
  const files = (await readJournal(store)).flatMap((entry) => entry.files);
  const identityIn = identitiesIn(files);
  const place = { path: file, realPath: await realPlaceOf(store.fs, file) };
  const made = files.findLast(
    (each) => each.change === "created" && (each.path === file || identityIn(each) === identityIn(place)),
  );
  return made?.newFolder;
}
