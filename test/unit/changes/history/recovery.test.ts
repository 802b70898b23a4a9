import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { rememberingFileSystem } from "../../../../src/changes/disk/readings";
import { type JournalEntry, journalPath } from "../../../../src/changes/store";
import { readJournal, recordEntries } from "../../../../src/changes/history/journal/journal";
import { recoverInterruptedChanges, recoverUnfinished } from "../../../../src/changes/history/recovery";
import { planOf, refusalOf, remove, set, systemError, TemporaryStore } from "../temporaryStore";

describe("roll back", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  /** What a crash leaves when only the first of three files was written. */
  async function interrupted(): Promise<JournalEntry> {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    const done = await home.apply(
      home.toml("one", set("a", 2)),
      home.toml("two", set("a", 2)),
      home.toml("new", set("a", 2)),
    );
    assert.ok(done);
    await home.write("two", "a = 1\n");
    await fs.rm(home.path("new"));
    const entry: JournalEntry = { ...done, state: "writing" };
    await recordEntries(home.store, entry);
    return entry;
  }

  it("repairs nothing after a clean end", async () => {
    await home.apply(home.toml("one", set("a", 2)));
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    assert.equal(await home.read("one"), "a = 2\n");
  });

  it("takes back no change that ended between two looks at the journal which the system's clock cannot tell apart", async () => {
    const entry = await interrupted();
    const journal = journalPath(home.store);
    const info = await fs.stat(journal);
    const stat = (file: string) => (file === journal ? Promise.resolve(info) : fs.stat(file));
    const remembering = rememberingFileSystem({ ...home.store.fs, stat: stat as unknown as typeof fs.stat });
    const store = { ...home.store, fs: remembering };
    assert.equal((await readJournal(store))[0]?.state, "writing");
    await recordEntries(home.store, { ...entry, state: "done" });
    assert.equal((await readJournal(store))[0]?.state, "writing", "the clock cannot tell them apart");
    assert.deepEqual(await recoverUnfinished(store), { rolledBack: [], stillThere: [] });
    assert.equal(await home.read("one"), "a = 2\n");
  });

  it("brings all files back when a crash fell between two", async () => {
    const entry = await interrupted();
    assert.deepEqual(await recoverInterruptedChanges(home.store), [entry]);
    assert.deepEqual([await home.read("one"), await home.read("two")], ["a = 1\n", "a = 1\n"]);
    assert.deepEqual(await home.names(), ["one", "two"]);
    assert.deepEqual(await home.journal(), []);
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
  });

  it("counts a change as done where a file has got a second name since: replacing it would part them", async () => {
    const entry = await interrupted();
    await fs.link(home.path("one"), home.path("another name"));
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    assert.deepEqual(await home.journal(), [{ ...entry, state: "done" }]);
    assert.equal(await home.read("one"), "a = 2\n");
  });

  it("leaves every file of a question new when one of them cannot be brought back", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    const entries = await home.applyPlans(
      planOf([home.toml("one", set("a", 2))]),
      planOf([home.toml("two", set("a", 2))]),
    );
    await recordEntries(
      home.store,
      ...entries.map((entry): JournalEntry => ({ ...entry, state: "writing" })),
    );
    await home.write("two", "a = [\n");
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    assert.deepEqual([await home.read("one"), await home.read("two")], ["a = 2\n", "a = [\n"]);
    assert.deepEqual(await home.journal(), entries);
  });

  it("takes away a file that the change created", async () => {
    await interrupted();
    await home.write("new", "a = 2\n");
    await recoverInterruptedChanges(home.store);
    assert.deepEqual(await home.names(), ["one", "two"]);
  });

  it("brings a deleted file back", async () => {
    await home.write("one", "a = 1\n");
    const done = await home.apply({
      kind: "replace",
      path: home.path("one"),
      content: undefined,
      credential: false,
    });
    assert.ok(done);
    assert.equal(await home.read("one"), undefined);
    await recordEntries(home.store, { ...done, state: "writing" });
    await recoverInterruptedChanges(home.store);
    assert.equal(await home.read("one"), "a = 1\n");
  });

  it("takes only our keys out of a file that somebody wrote since", async () => {
    await interrupted();
    await home.write("one", "# looked at\na = 2\nb = 1\n");
    assert.equal((await recoverInterruptedChanges(home.store)).length, 1);
    assert.equal(await home.read("one"), "# looked at\na = 1\nb = 1\n");
  });

  it("leaves a value alone that somebody wrote since", async () => {
    await interrupted();
    await home.write("one", "a = 3\n");
    assert.equal((await recoverInterruptedChanges(home.store)).length, 1);
    assert.equal(await home.read("one"), "a = 3\n");
  });

  for (const [name, spoil] of [
    ["that cannot be read any more", () => home.write("two", "a = 2 = 2\n")],
    ["whose backup is gone", () => fs.rm(home.path("store/backups"), { recursive: true })],
    ["that is not UTF-8 any more", () => home.write("two", Uint8Array.of(0x61, 0xff))],
    ["that is larger than any configuration", () => home.write("two", "#".repeat(5_000_001))],
    ["that is a folder by now", () => fs.rm(home.path("two")).then(() => fs.mkdir(home.path("two")))],
  ] as const) {
    it(`keeps what was written before a file ${name}, and can be undone later`, async () => {
      const entry = await interrupted();
      await home.write("two", "a = 2\n");
      await spoil();
      assert.deepEqual(await recoverInterruptedChanges(home.store), []);
      assert.equal(await home.read("one"), "a = 2\n");
      assert.deepEqual(await home.journal(), [{ ...entry, state: "done" }]);
    });
  }

  it("keeps what was written before a file in which something else stands where a key belongs", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "[t]\nx = 1\n");
    const done = await home.apply(home.toml("one", set("a", 2)), home.toml("two", remove("t.x")));
    assert.ok(done);
    await recordEntries(home.store, { ...done, state: "writing" });
    await home.write("two", "t = 1\n");
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    assert.equal(await home.read("one"), "a = 2\n");
    assert.deepEqual(await home.journal(), [done]);
  });

  it("is in nobody's way where a file cannot be brought back for good", async () => {
    await interrupted();
    await home.write("two", "a = 2 = 2\n");
    const next = await home.apply(home.toml("one", set("b", 1)));
    assert.equal(await home.read("one"), "a = 2\nb = 1\n");
    assert.equal((await home.journal()).at(-1)?.id, next?.id);
  });

  it("tries again next time when a file cannot be read", async () => {
    await interrupted();
    const open: typeof fs.open = (name, ...args) =>
      name === home.path("one") ? Promise.reject(systemError("EACCES")) : fs.open(name, ...args);
    home.fs = { ...fs, open };
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    assert.deepEqual(
      (await home.journal()).map(({ state }) => state),
      ["writing"],
    );
    home.fs = fs;
    assert.equal((await recoverInterruptedChanges(home.store)).length, 1);
    assert.equal(await home.read("one"), "a = 1\n");
  });

  it("brings the file that was written last back first", async () => {
    await interrupted();
    await home.write("two", "a = 2\n");
    const written: string[] = [];
    home.fs = { ...fs, rename: (from, to) => (written.push(String(to)), fs.rename(from, to)) };
    await recoverInterruptedChanges(home.store);
    const files = written.filter((name) => !name.startsWith(home.path("store")));
    assert.deepEqual(files, [home.path("two"), home.path("one")]);
  });

  it("takes the later of two changes of a file back first", async () => {
    await home.write("one", "a = 1\n");
    for (const value of [2, 3]) await home.apply(home.toml("one", set("a", value)));
    const unfinished = (await home.journal()).map((entry): JournalEntry => ({ ...entry, state: "writing" }));
    await recordEntries(home.store, ...unfinished);
    assert.equal((await recoverInterruptedChanges(home.store)).length, 2);
    assert.equal(await home.read("one"), "a = 1\n");
    assert.deepEqual(await home.journal(), []);
  });

  it("writes nothing, not even a lock, where no change was interrupted", async () => {
    await home.apply(home.toml("one", set("a", 2)));
    const refuse = () => Promise.reject(systemError("EROFS"));
    const open: typeof fs.open = (name, flags, mode) =>
      flags === "wx" ? refuse() : fs.open(name, flags, mode);
    home.fs = { ...fs, open, mkdir: refuse, rename: refuse, unlink: refuse };
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
  });

  it("takes away what a crash left half written", async () => {
    const entry = await interrupted();
    await home.write(`.one.${entry.id}.tmp`, "a =");
    await home.write(`store/.journal.json.${entry.id}.tmp`, "[");
    await recoverInterruptedChanges(home.store);
    assert.deepEqual(await home.names(), ["one", "two"]);
    assert.deepEqual((await fs.readdir(home.path("store"))).sort(), ["backups", "journal.json", "locks"]);
    assert.deepEqual(await fs.readdir(home.path("store/backups")), []);
  });

  it("takes away a folder that was made for the change", async () => {
    const done = await home.apply(home.toml("new/deep/file", set("a", 1)));
    assert.ok(done);
    await fs.rm(home.path("new/deep/file"));
    await recordEntries(home.store, { ...done, state: "writing" });
    await recoverInterruptedChanges(home.store);
    assert.deepEqual(await home.names(), []);
  });

  it("tries again next time when a file cannot be written", async () => {
    await interrupted();
    home.fs = {
      ...fs,
      rename: (from, to) =>
        to === home.path("one") ? Promise.reject(systemError("EROFS")) : fs.rename(from, to),
    };
    assert.deepEqual(await recoverInterruptedChanges(home.store), []);
    await fs.symlink("one", home.path("link"));
    for (const name of ["one", "link"]) {
      const refusal = await refusalOf("change/write-failed", home.apply(home.toml(name, set("b", 1))));
      assert.equal(refusal.where.path, home.path(name));
      assert.ok(refusal.message.startsWith(`${home.path(name)} still has to be restored`));
    }
    const unchanged = home.toml("one", set("a", 2));
    assert.ok(await home.apply(unchanged, home.toml("other", set("b", 1))), "is in nobody else's way");
    await fs.rm(home.path("link"));
    await fs.rm(home.path("other"));
    home.fs = fs;
    assert.equal((await recoverInterruptedChanges(home.store)).length, 1);
    assert.equal(await home.read("one"), "a = 1\n");
  });
});
