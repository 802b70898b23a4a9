import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { scrubBackups } from "../../../../src/changes/history/scrub/scrubBackups";
import { forgetEntries } from "../../../../src/changes/history/journal/journal";
import { readBefore, readHistory, readOriginalValues } from "../../../../src/changes/history/before";
import { API_KEY, remove, set, setSecret, TemporaryStore } from "../temporaryStore";

describe("original values", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const change = (...edits: Parameters<TemporaryStore["toml"]> extends [string, ...infer E] ? E : never) =>
    home.apply(home.toml("config", ...edits));
  const valueOf = async (key: string, current: unknown) =>
    (await readOriginalValues(home.store))({ path: home.path("config") }, key.split("."), current);
  const original = async (key: string, current: unknown) => {
    const value = await valueOf(key, current);
    return typeof value === "object" ? value.raw : value;
  };

  /** The version before wrote nothing of what stood there. */
  async function forgetNotes(...notes: string[]): Promise<void> {
    const journal = await home.read("store/journal.json");
    const without = (name: string, value: unknown) => (notes.includes(name) ? undefined : value);
    await home.write("store/journal.json", JSON.stringify(JSON.parse(journal ?? "", without)), 0o600);
  }

  it("are in the user's own spelling", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(set("model", "ours"));
    assert.equal(await original("model", "ours"), "'mine'");
  });

  it("are absent where there was no key, or no file", async () => {
    await change(set("p.model", "ours"));
    assert.equal(await original("p.model", "ours"), "absent");
    const second = await change(set("q", 1));
    assert.equal(await original("q", 1), "absent");
    await fs.rm(second?.files[0]?.backup ?? "");
    assert.equal(await original("q", 1), "absent");
  });

  it("are unknown for a value that is not ours, or that we never wrote", async () => {
    await home.write("config", "model = 'mine'\nother = 1\n");
    await change(set("model", "ours"));
    assert.equal(await original("model", "theirs"), undefined);
    assert.equal(await original("model", undefined), undefined);
    assert.equal(await original("other", 1), undefined);
  });

  it("are known for a key that we took out, and only while it is out", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(remove("model"));
    assert.equal(await original("model", undefined), "'mine'");
    assert.equal(await original("model", "theirs"), undefined);
  });

  it("come with the comments around them", async () => {
    await home.write("config", "# about it\nmodel = 'mine' # dear\n");
    await change(remove("model"));
    assert.deepEqual(await valueOf("model", undefined), {
      path: ["model"],
      raw: "'mine'",
      behind: "# dear",
      above: "# about it",
    });
  });

  it("are nothing to go back to for a key of ours that we took out again", async () => {
    await change(set("model", "ours"));
    await change(remove("model"));
    assert.equal(await original("model", undefined), undefined);
  });

  it("are those of the file, however its way is spelled", async () => {
    await fs.mkdir(home.path("real"));
    await fs.symlink("real", home.path("link"));
    await home.write("real/config", "model = 'mine'\n");
    await home.apply(home.toml("link/config", set("model", "ours")));
    await fs.symlink("real", home.path("other"));
    const originals = await readOriginalValues(home.store);
    const place = { path: home.path("other/config"), realPath: home.path("real/config") };
    for (const one of [place, { path: home.path("link/config") }, { path: home.path("real/config") }]) {
      const value = originals(one, ["model"], "ours");
      assert.equal(typeof value === "object" && value.raw, "'mine'");
    }
  });

  it("are not ours where we made the file behind a link to its folder", async () => {
    await fs.mkdir(home.path("real"));
    await fs.symlink("real", home.path("link"));
    const made = await home.apply(home.toml("link/new/config", set("model", "ours")));
    assert.equal(made?.files[0]?.realPath, home.path("real/new/config"));
    await home.apply(home.toml("link/new/config", set("model", "ours, newer")));
    const originals = await readOriginalValues(home.store);
    assert.equal(originals({ path: home.path("link/new/config") }, ["model"], "ours, newer"), "absent");
  });

  it("are not ours where an earlier version did not note where the file was", async () => {
    await fs.mkdir(home.path("real"));
    await fs.symlink("real", home.path("link"));
    await home.apply(home.toml("link/config", set("model", "ours")));
    const journal = JSON.parse((await home.read("store/journal.json")) ?? "") as {
      entries: { files: { realPath?: string }[] }[];
    };
    delete journal.entries[0]?.files[0]?.realPath;
    await home.write("store/journal.json", JSON.stringify(journal), 0o600);
    await home.apply(home.toml("link/config", set("model", "ours, newer")));
    const originals = await readOriginalValues(home.store);
    assert.equal(originals({ path: home.path("link/config") }, ["model"], "ours, newer"), "absent");
  });

  it("stay the first ones through any number of our own writes", async () => {
    await home.write("config", "model = 'mine'\n");
    for (let number = 1; number <= 14; number++) await change(set("model", `ours ${number}`));
    assert.equal(await original("model", "ours 14"), "'mine'");
  });

  it("stay the user's for a key that came later, however many changes follow", async () => {
    await home.write("config", "model = 'mine'\nreview = 'dear' # to me\n");
    await change(set("model", "ours"));
    await home.apply(home.toml("config", set("review", "reviewer")));
    for (let number = 1; number <= 60; number++) await change(set("model", `ours ${number}`));
    assert.equal(await original("review", "reviewer"), "'dear'");
    assert.equal(await original("model", "ours 60"), "'mine'");
    // Written once more, long after: still no value of the user's.
    await change(set("review", "newer"));
    assert.equal(await original("review", "newer"), "'dear'");
  });

  it("are left alone where the user's copy is gone: neither ours nor nothing is put in its place", async () => {
    await home.write("config", "model = 'mine'\n");
    const first = await change(set("model", "one"));
    await change(set("model", "two"));
    await fs.rm(first?.files[0]?.backup ?? "");
    assert.equal(await original("model", "two"), undefined);
  });

  it("begin anew where the user wrote in between", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(set("model", "ours"));
    await home.write("config", "model = 'newer'\n");
    await change(set("model", "ours again"));
    assert.equal(await original("model", "ours again"), "'newer'");
  });

  it("begin anew where the user put a key of the own in place of ours, or emptied a value", async () => {
    await change(setSecret("key", API_KEY), set("model", "ours"));
    await home.write("config", "key = 'their own'\nmodel = ''\n");
    await change(setSecret("key", API_KEY), set("model", "ours"));
    assert.equal(await original("key", API_KEY), "'their own'");
    assert.equal(await original("model", "ours"), "''");
  });

  it("are noted: no backup is read to find where they stand", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(set("model", "one"));
    await change(set("model", "two"));
    const open: typeof fs.open = (name, ...args) =>
      String(name).includes("backups") ? assert.fail("read a backup") : fs.open(name, ...args);
    home.fs = { ...fs, open };
    assert.deepEqual(await readHistory(home.store), await home.journal());
  });

  it("begin anew behind a removal of ours", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(set("model", "ours"));
    await change(remove("model"));
    assert.equal(await original("model", "ours"), undefined);
    await change(set("model", "ours"));
    assert.equal(await original("model", "ours"), "absent");
  });

  it("outlive the loss of a backup", async () => {
    await home.write("config", "model = 'mine'\n");
    await change(set("model", "one"));
    const second = await change(set("model", "two"));
    await change(set("model", "three"));
    await fs.rm(second?.files[0]?.backup ?? "");
    assert.equal(await original("model", "three"), "'mine'");
  });

  describe("of changes that the version before made", () => {
    it("are those before our first write in a row", async () => {
      await home.write("config", "model = 'mine'\n");
      await change(set("model", "one"));
      await change(set("model", "two"));
      await forgetNotes("before", "original");
      assert.equal(await original("model", "two"), "'mine'");
      await change(set("model", "three"));
      assert.equal(await original("model", "three"), "'mine'");
    });

    it("are those that were noted, where what stood there directly before was not", async () => {
      await home.write("config", "model = 'mine'\n");
      const first = await change(set("model", "one"));
      await change(set("model", "two"));
      await forgetNotes("before");
      assert.ok(first);
      await forgetEntries(home.store, first);
      assert.equal(await original("model", "two"), "'mine'");
    });

    it("begin anew where the user wrote in between, or behind a removal of ours", async () => {
      await home.write("config", "model = 'mine'\nother = 1\n");
      await change(set("model", "ours"), remove("other"));
      await home.write("config", "model = 'newer'\n");
      await change(set("model", "ours"), set("other", 2));
      await forgetNotes("before", "original");
      assert.equal(await original("model", "ours"), "'newer'");
      assert.equal(await original("other", 2), "absent");
    });

    it("outlive the loss of a backup on the way, and are left alone where the user's copy is gone", async () => {
      await home.write("config", "model = 'mine'\n");
      const first = await change(set("model", "one"));
      const second = await change(set("model", "two"));
      await forgetNotes("before", "original");
      await fs.rm(second?.files[0]?.backup ?? "");
      assert.equal(await original("model", "two"), "'mine'");
      await fs.rm(first?.files[0]?.backup ?? "");
      assert.equal(await original("model", "two"), undefined);
    });

    it("outlive the removal of the key from the backups", async () => {
      await home.write("config", "key = 'mine'\n");
      await change(setSecret("key", API_KEY));
      await change(setSecret("key", "ours, newer"));
      await forgetNotes("before", "original");
      await scrubBackups(home.store, "ours, newer");
      assert.equal(await original("key", "ours, newer"), "'mine'");
    });
  });

  it("outlive the removal of the key from the backups", async () => {
    await home.write("config", "key = 'mine'\n");
    await change(setSecret("key", API_KEY));
    await change(setSecret("key", "ours, newer"));
    await scrubBackups(home.store, "ours, newer");
    assert.equal(await original("key", "ours, newer"), "'mine'");
  });
});

describe("what a file held before a change", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  it("is asked for by any way to the file", async () => {
    await fs.mkdir(home.path("real"));
    await fs.symlink("real", home.path("link"));
    await home.write("real/config", "model = 'mine'\n");
    const entry = await home.apply(
      home.toml("link/config", set("model", "ours")),
      home.toml("link/new", set("model", "ours")),
    );
    assert.ok(entry);
    for (const folder of ["link", "real"]) {
      const before = async (name: string) => {
        const bytes = await readBefore(home.store, entry, home.path(`${folder}/${name}`));
        return bytes && Buffer.from(bytes).toString();
      };
      assert.equal(await before("config"), "model = 'mine'\n");
      assert.equal(await before("new"), undefined);
    }
  });

  it("is its bytes on disk where the change left it alone, and nothing where nobody knows", async () => {
    await home.write("config", "model = 'mine'\n");
    await home.write("other", "a = 1\n");
    const entry = await home.apply(home.toml("config", set("model", "ours")));
    assert.ok(entry);
    const before = (name: string) => readBefore(home.store, entry, home.path(name));
    assert.deepEqual(Buffer.from((await before("other")) ?? []).toString(), "a = 1\n");
    assert.equal(await before("missing"), undefined);
    await fs.rm(entry.files[0]?.backup ?? "");
    assert.equal(await before("config"), undefined);
  });

  it("is known by its old way also when that leads elsewhere by now", async () => {
    for (const name of ["real", "another"]) await home.write(name, `model = '${name}'\n`);
    await fs.symlink("real", home.path("link"));
    const entry = await home.apply(home.toml("link", set("model", "ours")));
    assert.ok(entry);
    await fs.rm(home.path("link"));
    await fs.symlink("another", home.path("link"));
    const bytes = await readBefore(home.store, entry, home.path("link"));
    assert.equal(bytes && Buffer.from(bytes).toString(), "model = 'real'\n");
  });
});
