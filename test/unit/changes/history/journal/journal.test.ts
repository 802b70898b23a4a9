import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { scrubBackups } from "../../../../../src/changes/history/scrub/scrubBackups";
import {
  forgetEntries,
  readJournal,
  recordEntries,
  stageEntries,
} from "../../../../../src/changes/history/journal/journal";
import { API_KEY, refusalOf, set, setSecret, systemError, TemporaryStore } from "../../temporaryStore";

const entryWith = (file: string) =>
  `[{ "id": "1", "time": "", "title": "", "state": "done", "files": [${file}] }]`;

const EARLIER_KEY = "sk-" + "cd34".repeat(16);

describe("damaged journal", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const setAside = async () =>
    (await fs.readdir(home.path("store"))).filter((name) => name.startsWith("damaged-"));
  const backups = async (folder: string) => {
    const names = await fs.readdir(home.path(`${folder}/backups`));
    return Promise.all(names.map((name) => home.read(`${folder}/backups/${name}`)));
  };

  for (const [name, damage] of [
    ["that broke off", "[{"],
    ["of zeros", "\0\0\0\0"],
    ["that is no list", "{}"],
    ["with something else in it", "[null]"],
    ["without files", '[{ "id": "1", "time": "", "title": "", "state": "done" }]'],
    ["without paths", '[{ "id": "1", "time": "", "title": "", "state": "done", "files": [{}] }]'],
    ["that is nothing", "null"],
    ["whose version is no number", '{ "version": "2", "entries": [] }'],
    ["without a list of entries", '{ "version": 2 }'],
    ["whose id is a number", '[{ "id": 1, "time": "", "title": "", "state": "done", "files": [] }]'],
    ["without a time", '[{ "id": "1", "title": "", "state": "done", "files": [] }]'],
    ["without a title", '[{ "id": "1", "time": "", "state": "done", "files": [] }]'],
    ["without a state", '[{ "id": "1", "time": "", "title": "", "files": [] }]'],
    ["with no file at all in the list", entryWith("null")],
    ["whose files have no edits", entryWith('{ "path": "/x" }')],
    ["with an edit that is none", entryWith('{ "path": "/x", "edits": [null] }')],
    ["with an edit without a key", entryWith('{ "path": "/x", "edits": [{}] }')],
    ["with a key that is no text", entryWith('{ "path": "/x", "edits": [{ "path": ["a", 1] }] }')],
    ["that is not UTF-8", Uint8Array.of(0x5b, 0xff, 0x5d)],
    [
      "with a name that is not UTF-8",
      Buffer.from('[{ "id": "1", "time": "", "title": "\xff", "state": "done", "files": [] }]', "latin1"),
    ],
  ] as const) {
    it(`${name} is set aside with the backups, and the change is made`, async () => {
      await home.write("config", "a = 1\n");
      await home.apply(home.toml("config", set("a", 2)));
      await home.write("store/journal.json", damage);
      assert.deepEqual(await home.journal(), []);
      const entry = await home.apply(home.toml("config", set("a", 3)));
      assert.deepEqual(await home.journal(), [entry]);
      assert.deepEqual(await backups("store"), ["a = 2\n"]);
      const [folder, ...others] = await setAside();
      assert.deepEqual(others, []);
      assert.match(folder ?? "", /^damaged-\d{17}$/);
      assert.deepEqual(await backups(`store/${folder}`), ["a = 1\n"]);
      assert.deepEqual(await fs.readFile(home.path(`store/${folder}/journal.json`)), Buffer.from(damage));
      await home.undo(entry);
      assert.equal(await home.read("config"), "a = 2\n");
    });
  }

  it("takes no key with it: all that look like ours are scrubbed from its backups", async () => {
    const auth = { ...home.json("auth.json", setSecret("k", EARLIER_KEY)), credential: true };
    await home.apply(auth);
    await home.apply({ ...auth, edits: [setSecret("k", API_KEY)] });
    await home.apply({ ...auth, edits: [setSecret("k", "their own")] });
    await home.write("store/journal.json", "[");
    await scrubBackups(home.store, API_KEY);
    const [folder] = await setAside();
    const contents = await backups(`store/${folder}`);
    assert.deepEqual(contents, ['{\n  "k": ""\n}\n', '{\n  "k": ""\n}\n']);
  });

  it("stays where it is while its backups cannot be moved", async () => {
    await home.write("config", "a = 1\n");
    await home.apply(home.toml("config", set("a", 2)));
    await home.write("store/journal.json", "[");
    const rename: typeof fs.rename = (from, to) =>
      from === home.path("store/backups") ? Promise.reject(systemError("EACCES")) : fs.rename(from, to);
    home.fs = { ...fs, rename };
    await refusalOf("change/no-permission", home.apply(home.toml("config", set("a", 3))));
    assert.equal(await home.read("store/journal.json"), "[");
    assert.deepEqual(await backups("store"), ["a = 1\n"]);
    assert.equal(await home.read("config"), "a = 2\n");
  });

  it("whose backups cannot be listed is not called scrubbed", async () => {
    await home.apply(home.toml("config", set("a", 1)));
    await home.write("store/journal.json", "[");
    await scrubBackups(home.store, API_KEY);
    const readdir = ((folder: string) =>
      folder.includes("damaged-")
        ? Promise.reject(systemError("EACCES"))
        : fs.readdir(folder)) as typeof fs.readdir;
    home.fs = { ...fs, readdir };
    await assert.rejects(scrubBackups(home.store, API_KEY), { code: "EACCES" });
  });

  it("of which no backup is left is set aside alone", async () => {
    await home.apply(home.toml("config", set("a", 1)));
    await home.write("store/journal.json", "[");
    await home.apply(home.toml("config", set("a", 2)));
    assert.equal((await setAside()).length, 1);
  });
});

describe("journal", () => {
  it("that cannot be read is not taken for none", async () => {
    const home = await TemporaryStore.make();
    await home.apply(home.toml("config", set("a", 1)));
    const open: typeof fs.open = (name, ...args) =>
      name === home.path("store/journal.json") ? Promise.reject(systemError("EIO")) : fs.open(name, ...args);
    home.fs = { ...fs, open };
    await assert.rejects(home.journal(), { code: "EIO" });
    home.fs = fs;
    assert.equal((await home.journal()).length, 1);
    await home.remove();
  });

  it("waits until the store is ready", async () => {
    const home = await TemporaryStore.make();
    const entry = await home.apply(home.toml("config", set("a", 1)));
    const journal = (await home.read("store/journal.json")) ?? "";
    await fs.rm(home.path("store/journal.json"));
    const ready = () => home.write("store/journal.json", journal);
    assert.deepEqual(await readJournal({ ...home.store, ready }), [entry]);
    await home.remove();
  });

  it("notes no keys that were forgotten where none were", async () => {
    const home = await TemporaryStore.make();
    const entry = await home.apply(home.toml("config", set("a", 1)));
    assert.ok(entry);
    const later = Array.from({ length: 60 }, (_, index) => ({ ...entry, id: `later-${index}` }));
    await recordEntries(home.store, ...later);
    assert.deepEqual(
      (await home.journal()).filter(({ earlierKeys }) => earlierKeys !== undefined),
      [],
    );
    await home.remove();
  });

  it("keeps the first change of each file, also of one that was written together with a known one", async () => {
    const home = await TemporaryStore.make();
    const both = [home.toml("one", set("a", 2)), home.toml("two", set("a", 2))];
    await home.write("one", "a = 0\n");
    await home.write("two", "a = 0\n");
    const first = await home.apply(home.toml("one", set("a", 1)));
    const second = await home.apply(...both);
    assert.ok(first && second);
    const later = Array.from({ length: 60 }, (_, index) => ({ ...second, id: `later-${index}` }));
    await recordEntries(home.store, ...later);
    const ids = (await home.journal()).map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 3), [first.id, second.id, "later-10"]);
    await home.remove();
  });

  it("forgets an entry and keeps the others", async () => {
    const home = await TemporaryStore.make();
    const one = await home.apply(home.toml("config", set("a", 1)));
    const two = await home.apply(home.toml("config", set("a", 2)));
    const three = await home.apply(home.toml("config", set("a", 3)));
    assert.ok(one && two && three);
    await forgetEntries(home.store, one, three);
    assert.deepEqual(await home.journal(), [two]);
    await home.remove();
  });

  it("is not written over by a window that overslept its lock", async () => {
    const home = await TemporaryStore.make();
    const [first, second] = ["1", "2"].map((id) => ({
      id,
      time: "",
      title: "",
      state: "done" as const,
      files: [],
    }));
    assert.ok(first && second);
    const overslept = await stageEntries(home.store, first);
    await recordEntries(home.store, second);
    await refusalOf("change/changed-meanwhile", overslept.commit());
    assert.deepEqual(await home.journal(), [second]);
    await home.remove();
  });

  it("and the files that a change makes are for their owner alone", async () => {
    const home = await TemporaryStore.make();
    await home.apply(home.toml("new", set("a", 1)));
    assert.deepEqual([await home.mode("new"), await home.mode("store/journal.json")], [0o600, 0o600]);
    await home.remove();
  });
});
