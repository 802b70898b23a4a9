import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { scrubBackups } from "../../../../../src/changes/history/scrub/scrubBackups";
import { recordEntries, stageEntries } from "../../../../../src/changes/history/journal/journal";
import { API_KEY, refusalOf, set, setSecret, TemporaryStore } from "../../temporaryStore";

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
    ["that is not UTF-8", Uint8Array.of(0x5b, 0xff, 0x5d)],
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

  it("of which no backup is left is set aside alone", async () => {
    await home.apply(home.toml("config", set("a", 1)));
    await home.write("store/journal.json", "[");
    await home.apply(home.toml("config", set("a", 2)));
    assert.equal((await setAside()).length, 1);
  });
});

describe("journal", () => {
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
