import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangeStore, JournalEntry } from "../../../../src/changes/store";
import { importStore } from "../../../../src/changes/history/importStore";
import { readJournal } from "../../../../src/changes/history/journal/journal";
import { prepareChange } from "../../../../src/changes/prepare";
import { undoableEntries } from "../../../../src/changes/history/undoableEntries";
import { planUndo } from "../../../../src/changes/history/undoChange";
import { ROOT } from "../../../harness/paths";
import { refusalOf } from "../temporaryStore";

/** Two clients configured by version 0.1.0 and the store it left, with `{ROOT}` for the folder. */
const FIXTURE = path.join(ROOT, "test/fixtures/storeVersion1");
const FILES = [".codex/config.toml", ".codex/auth.json", ".config/opencode/opencode.jsonc"];

describe("importStore", () => {
  let root: string;
  let store: ChangeStore;
  const at = (name: string) => path.join(root, name);

  beforeEach(async () => {
    root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "import-")));
    await fs.cp(FIXTURE, root, { recursive: true });
    const journal = await fs.readFile(at("store/journal.json"), "utf8");
    await fs.writeFile(at("store/journal.json"), journal.replaceAll("{ROOT}", root));
    store = { fs, directory: at("state/tokenpool-vscode"), now: () => new Date() };
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  async function undoEverything(): Promise<void> {
    for (const entry of undoableEntries(await readJournal(store))) {
      const plan = () => planUndo(store, entry);
      await applyChange(store, plan, await prepareChange(fs, await plan()));
    }
  }

  async function expectBefore(): Promise<void> {
    for (const file of FILES)
      assert.deepEqual(await fs.readFile(at(`home/${file}`)), await fs.readFile(at(`before/${file}`)), file);
    await assert.rejects(fs.stat(at("home/.config/tokenpool")), /ENOENT/);
  }

  it("lets changes of the version before be undone byte for byte, and leaves no copy of a key behind", async () => {
    await importStore(store, at("store"));
    await assert.rejects(fs.stat(at("store")), /ENOENT/);
    await undoEverything();
    await expectBefore();
  });

  it("keeps copies for their owner alone", async () => {
    await importStore(store, at("store"));
    for (const name of await fs.readdir(path.join(store.directory, "backups")))
      assert.equal((await fs.stat(path.join(store.directory, "backups", name))).mode & 0o777, 0o600);
    for (const folder of [store.directory, path.join(store.directory, "backups")])
      assert.equal((await fs.stat(folder)).mode & 0o777, 0o700);
  });

  it("makes one undo list of what two products did, in the order of time", async () => {
    await importStore(store, at("store"));
    const [first] = await readJournal(store);
    const other: ChangeStore = { ...store, directory: at("other") };
    const make = () =>
      Promise.resolve({
        title: "Of the other product",
        notices: [],
        files: [
          { kind: "replace", path: at("home/new"), content: Buffer.from("x"), credential: false } as const,
        ],
      });
    const past = { ...other, now: () => new Date(Date.parse(first?.time ?? "") - 1) };
    await applyChange(past, make, await prepareChange(fs, await make()));
    await importStore(store, other.directory);
    const titles = (await readJournal(store)).map(({ title }) => title);
    assert.equal(titles.length, 4);
    assert.equal(titles[0], "Of the other product");
    await undoEverything();
    await expectBefore();
    await assert.rejects(fs.stat(at("home/new")), /ENOENT/);
  });

  it("goes on after it was interrupted at any file operation", async () => {
    let done = false;
    for (let failing = 1; !done; failing++) {
      let count = 0;
      const failingFs = new Proxy(fs, {
        get: (target, name) => {
          const operation = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          const isLook = ["stat", "realpath", "readlink"].includes(String(name));
          return (...args: unknown[]) => {
            if (!isLook && ++count === failing) return Promise.reject(new Error("interrupted"));
            return operation(...args);
          };
        },
      });
      done = await importStore({ ...store, fs: failingFs }, at("store")).then(
        () => true,
        () => false,
      );
      assert.ok(failing < 500, "it ends");
    }
    await undoEverything();
    await expectBefore();
  });

  it("brings a damaged journal's backups along, so that keys can be scrubbed from them", async () => {
    await fs.writeFile(at("store/journal.json"), "{");
    await importStore(store, at("store"));
    const [damaged] = (await fs.readdir(store.directory)).filter((name) => name.startsWith("damaged-"));
    assert.ok(damaged);
    assert.equal((await fs.readdir(path.join(store.directory, damaged, "backups"))).length, 4);
    await assert.rejects(fs.stat(at("store")), /ENOENT/);
  });

  it("brings nothing else along, and leaves what is there already as it is", async () => {
    await fs.writeFile(at("store/something"), "else");
    const [name = ""] = await fs.readdir(at("store/backups"));
    const kept = path.join(store.directory, "backups", name);
    await fs.mkdir(path.dirname(kept), { recursive: true });
    await fs.writeFile(kept, "was here");
    await importStore(store, at("store"));
    assert.equal(await fs.readFile(kept, "utf8"), "was here");
    const names = (await fs.readdir(store.directory)).sort();
    assert.deepEqual(names, ["backups", "journal.json", "locks"]);
    await assert.rejects(fs.stat(at("store")), /ENOENT/);
  });

  it("takes no change twice where only the old place was left to be deleted", async () => {
    const rm = () => Promise.reject(new Error("interrupted"));
    await assert.rejects(importStore({ ...store, fs: { ...fs, rm } }, at("store")), /interrupted/);
    const imported = await readJournal(store);
    await importStore(store, at("store"));
    assert.deepEqual(await readJournal(store), imported);
  });

  it("leaves a store of a later version alone", async () => {
    const later = JSON.stringify({ version: 3, entries: {} });
    await fs.writeFile(at("store/journal.json"), later);
    await refusalOf("change/conflict", importStore(store, at("store")));
    assert.equal(await fs.readFile(at("store/journal.json"), "utf8"), later);
    assert.equal((await fs.readdir(at("store/backups"))).length, 4);
    assert.deepEqual(await readJournal(store), []);
  });

  it("keeps the order of changes of one moment", async () => {
    const journal = await fs.readFile(at("store/journal.json"), "utf8");
    const entries = JSON.parse(journal) as JournalEntry[];
    const same = [...entries, ...entries].map((entry, index) => ({
      ...entry,
      id: `${9 - index}`,
      time: "x",
    }));
    await fs.writeFile(at("store/journal.json"), JSON.stringify(same));
    await importStore(store, at("store"));
    assert.deepEqual(
      (await readJournal(store)).map(({ id }) => id),
      same.map(({ id }) => id),
    );
  });

  it("sets the new place's journal aside where that is damaged, instead of writing over it", async () => {
    await fs.mkdir(path.join(store.directory, "backups"), { recursive: true });
    await fs.writeFile(path.join(store.directory, "journal.json"), "[{");
    await fs.writeFile(path.join(store.directory, "backups/mine"), "a person may need it");
    await importStore(store, at("store"));
    const [damaged = ""] = (await fs.readdir(store.directory)).filter((name) => name.startsWith("damaged-"));
    const folder = path.join(store.directory, damaged);
    assert.equal(await fs.readFile(path.join(folder, "journal.json"), "utf8"), "[{");
    assert.equal(await fs.readFile(path.join(folder, "backups/mine"), "utf8"), "a person may need it");
    await undoEverything();
    await expectBefore();
  });

  it("does nothing where no version was before", async () => {
    await importStore(store, at("nothing"));
    await assert.rejects(fs.stat(store.directory), /ENOENT/);
  });
});
