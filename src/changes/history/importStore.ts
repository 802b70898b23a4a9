import * as path from "node:path";
import { writeAtomically } from "../disk/atomicWrite";
import { withChangeLock } from "../disk/changeLock";
import type { ChangeStore } from "../store";
import { setAsideDamagedJournal } from "./journal/damagedJournal";
import { importEntries, readJournal } from "./journal/journal";
import { exists } from "../disk/folders";
import { readBytes } from "../disk/readBytes";

/** As large as the largest journal; no backup is larger. */
const LARGEST_BYTES = 20_000_000;

/**
 * Takes over journal and backups from where an earlier version of the extension kept them: in the storage of
 * one product. May be done again after a crash at any point, because the old place goes only when everything
 * stands in the new one, and what stands there already is not taken twice.
 * @param earlier the old folder; nothing happens where there is none
 * @throws Refusal where the old journal is of a version that this one does not know: it is left alone
 */
export async function importStore(store: ChangeStore, earlier: string): Promise<void> {
  if (!(await exists(store.fs, earlier))) return;
  const old: ChangeStore = { fs: store.fs, directory: earlier, now: store.now };
  // The old lock as well: a window that was not reloaded since the update may still write there.
  await withChangeLock(store, () =>
    withChangeLock(old, async () => {
      // Counting as empty, either of them would be written over.
      await setAsideDamagedJournal(store);
      await setAsideDamagedJournal(old);
      const entries = await readJournal(old);
      // The users' own texts before the journal that names them.
      for (const name of await store.fs.readdir(earlier)) {
        const isOurs = name === "backups" || name.startsWith("damaged-");
        if (isOurs) await copyFolder(store, path.join(earlier, name), path.join(store.directory, name));
      }
      await importEntries(store, entries);
      // Copies of keys must not stay where nobody scrubs them any more.
      await store.fs.rm(earlier, { recursive: true, force: true });
    }),
  );
}

async function copyFolder(store: ChangeStore, from: string, to: string): Promise<void> {
  const { fs } = store;
  for (const name of await fs.readdir(from)) {
    const [source, copy] = [path.join(from, name), path.join(to, name)];
    if ((await fs.stat(source)).isDirectory()) await copyFolder(store, source, copy);
    else if (!(await exists(store.fs, copy))) {
      const { bytes: content } = await readBytes(fs, source, LARGEST_BYTES);
      const file = { path: copy, content, mode: 0o600, enforceMode: true, expected: undefined };
      await writeAtomically(fs, { ...file, tag: "import" });
    }
  }
}
