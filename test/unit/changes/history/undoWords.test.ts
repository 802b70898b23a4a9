import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { scrubBackups } from "../../../../src/changes/history/scrub/scrubBackups";
import { undoableEntries } from "../../../../src/changes/history/undoableEntries";
import { planUndo } from "../../../../src/changes/history/undoChange";
import type { JournalEntry } from "../../../../src/changes/store";
import { API_KEY, planOf, remove, set, setSecret, TemporaryStore } from "../temporaryStore";

describe("the plan of an undo", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const planFor = (entry: JournalEntry | undefined) => {
    assert.ok(entry);
    return planUndo(home.store, entry);
  };

  it("names every key that it leaves alone, and the file", async () => {
    const entry = await home.apply(home.toml("config", set("a", 1), set("t.b", 1), set("t.c", 1)));
    await home.write("config", "a = 2\n\n[t]\nb = 2\nc = 1\n");
    const { notices } = await planFor(entry);
    assert.deepEqual(notices, [`Left alone in ${home.path("config")}, changed since: a, t.b`]);
  });

  it("says nothing of a key that already is as it was before", async () => {
    await home.write("config", "a = 1\n");
    const entry = await home.apply(home.toml("config", set("a", 2), set("b", 2)));
    await home.write("config", "# new\na = 1\nb = 2\n");
    const { notices } = await home.undo(entry);
    assert.deepEqual(notices, []);
    assert.equal(await home.read("config"), "# new\na = 1\n");
  });

  it("has nothing to do and to say of a file that already is as it was before", async () => {
    await home.write("config", "a = 1\n");
    const entry = await home.apply(home.toml("config", set("a", 2)));
    await home.write("config", "a = 1\n");
    const { files, notices } = await planFor(entry);
    assert.deepEqual([files, notices], [[], []]);
  });

  it("says that a backup is gone, instead of guessing what was there", async () => {
    await home.write("config", "a = 1\n");
    const entry = await home.apply(home.toml("config", set("a", 2)));
    await fs.rm(home.path("store/backups"), { recursive: true });
    const { files, notices } = await planFor(entry);
    const expected = `Left alone in ${home.path("config")}, changed since: the backup is gone`;
    assert.deepEqual([files, notices], [[], [expected]]);
  });

  it("names every key that a backup had to forget", async () => {
    const edits = [setSecret("keys.one", "newer"), setSecret("keys.two", "newer")];
    await home.write("auth.json", `{"keys": {"one": "${API_KEY}", "two": "${API_KEY}"}, "b": 1}`);
    const entry = await home.apply({ ...home.json("auth.json", ...edits), credential: true });
    await scrubBackups(home.store, API_KEY);
    const { notices } = await home.undo(entry);
    assert.deepEqual(notices, [
      `Not brought back in ${home.path("auth.json")}, because the API key was removed: keys.one, keys.two`,
    ]);
    assert.equal(await home.read("auth.json"), '{"keys": {}, "b": 1}');
  });

  it("is of the client whose change it takes back", async () => {
    const [entry] = await home.applyPlans({ ...planOf([home.toml("config", set("a", 1))]), client: "codex" });
    const { client, undoes } = await planFor(entry);
    assert.deepEqual([client, undoes], ["codex", entry?.id]);
    const other = await home.apply(home.toml("config", set("a", 2)));
    assert.equal("client" in (await planFor(other)), false);
  });

  it("deletes a file that we made also when only empty lines were added to it", async () => {
    const entry = await home.apply(home.toml("config", set("a", 1)));
    await home.write("config", "\na = 1\n\n");
    await home.undo(entry);
    assert.deepEqual(await home.names(), []);
  });

  it("keeps a file that was there before, although nothing is left in it", async () => {
    await home.write("config", "\n");
    const entry = await home.apply(home.toml("config", set("a", 1)));
    await home.write("config", "a = 1\n\n");
    await home.undo(entry);
    assert.equal((await home.read("config"))?.trim(), "");
  });

  it("gives the very bytes back where nothing of what the user keeps was written", async () => {
    await home.write("x.json", '{ "a": 1, "b": 2 }');
    const entry = await home.apply(home.json("x.json", remove("a")));
    assert.ok(entry);
    await home.applyPlan(() => planUndo(home.store, entry, ["other"]));
    assert.equal(await home.read("x.json"), '{ "a": 1, "b": 2 }');
  });

  it("says nothing of a file replaced as a whole that somebody has put back already", async () => {
    await home.write("notes", "mine");
    const content = Buffer.from("ours");
    const entry = await home.apply({ kind: "replace", path: home.path("notes"), content, credential: false });
    await home.write("notes", "mine");
    const { files, notices } = await planFor(entry);
    assert.deepEqual([files, notices], [[], []]);
  });

  describe("follows a value through later changes, but", () => {
    /** Undoes a change key by key. */
    const undoneInPart = async (entry: JournalEntry | undefined): Promise<readonly string[]> => {
      await home.write("config", `# new\n${await home.read("config")}`);
      return (await home.undo(entry)).notices;
    };

    it("not into an undo: what that put back is the user's own", async () => {
      await home.write("config", "a = 0\n");
      const first = await home.apply(home.toml("config", set("a", 1)));
      await home.write("config", "a = 5\n");
      await home.undo(await home.apply(home.toml("config", set("a", 1))));
      const { files, notices } = await planFor(first);
      assert.deepEqual([files, notices.length], [[], 1]);
      assert.equal(await home.read("config"), "a = 5\n");
    });

    it("not into an earlier one that began where it ends", async () => {
      await home.write("config", "a = 2\n");
      await home.apply(home.toml("config", set("a", 1)));
      const second = await home.apply(home.toml("config", set("a", 2)));
      assert.deepEqual(await undoneInPart(second), []);
      assert.equal(await home.read("config"), "# new\na = 1\n");
    });

    it("not into another file with the same key and value", async () => {
      await home.write("config", "a = 0\n");
      await home.write("other", "a = 1\n");
      const first = await home.apply(home.toml("config", set("a", 1)));
      await home.apply(home.toml("other", set("a", 2)));
      assert.deepEqual(await undoneInPart(first), []);
      assert.equal(await home.read("config"), "# new\na = 0\n");
    });
  });

  it("is offered where only one of two files kept every byte", async () => {
    const auth = { ...home.json("auth.json", setSecret("key", API_KEY)), credential: true };
    await home.apply(auth);
    await fs.chmod(home.path("auth.json"), 0o644);
    const both = await home.apply(auth, home.toml("config", set("a", 1)));
    assert.equal(both?.files.length, 2);
    assert.equal(undoableEntries(await home.journal())[0]?.id, both.id);
  });
});
