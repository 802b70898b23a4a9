import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { recordEntries } from "../../../../src/changes/history/journal/journal";
import { isAsWritten, readWrittenValues, writtenAt } from "../../../../src/changes/history/writtenValues";
import { hashValue } from "../../../../src/changes/store";
import { remove, set, TemporaryStore } from "../temporaryStore";

describe("written values", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  it("are those of the file, however its way is spelled", async () => {
    for (const folder of ["real", "strange"]) await fs.mkdir(home.path(folder));
    for (const link of ["link", "other"]) await fs.symlink("real", home.path(link));
    await home.apply(home.toml("link/config", set("model", "one")));
    await home.apply(home.toml("real/config", set("model", "two")));
    const written = await readWrittenValues(home.store);
    const at = (name: string, realPath?: string) =>
      writtenAt(written, { path: home.path(name), ...(realPath && { realPath: home.path(realPath) }) }, [
        "model",
      ]);
    for (const one of [at("link/config"), at("real/config"), at("other/config", "real/config")]) {
      assert.ok(isAsWritten(one, "two"));
      assert.equal(one?.allHashes.length, 2);
    }
    assert.equal(at("strange/config"), undefined);
  });

  const values = async () =>
    (await readWrittenValues(home.store)).map(({ key, valueHash, allHashes }) => ({
      key: key.join("."),
      now: valueHash,
      all: allHashes,
    }));
  const [one, two] = [hashValue("one"), hashValue("two")];

  it("are ours until we take the key out, and were ours after that", async () => {
    await home.apply(home.toml("config", set("model", "one"), set("t.x", "two")));
    await home.apply(home.toml("config", set("model", "two")));
    await home.apply(home.toml("config", remove("t.x")));
    assert.deepEqual(await values(), [
      { key: "model", now: two, all: [one, two] },
      { key: "t.x", now: undefined, all: [two] },
    ]);
  });

  it("are the user's own after an undo, and ours again after the undo of that", async () => {
    await home.write("config", "model = 'two'\n");
    const { entry } = await home.undo(await home.apply(home.toml("config", set("model", "one"))));
    assert.deepEqual(await values(), [{ key: "model", now: undefined, all: [one] }]);
    await home.apply(home.toml("config", set("model", "one")));
    assert.deepEqual(await values(), [{ key: "model", now: one, all: [one, one] }]);
    assert.equal(entry.undoes, (await home.journal())[0]?.id);
  });

  it("are ours again after the undo of an undo", async () => {
    await home.write("config", "model = 'two'\n");
    const { entry } = await home.undo(await home.apply(home.toml("config", set("model", "one"))));
    await home.undo(entry);
    assert.deepEqual(await values(), [{ key: "model", now: one, all: [one, one] }]);
  });

  it("are of one file where a later entry does not say where it really was", async () => {
    await home.write("real", "");
    await fs.symlink("real", home.path("link"));
    await home.apply(home.toml("link", set("model", "one")));
    const later = await home.apply(home.toml("link", set("model", "two")));
    const [file] = later?.files ?? [];
    assert.ok(later && file);
    const { realPath, ...rest } = file;
    assert.equal(realPath, home.path("real"));
    await recordEntries(home.store, { ...later, files: [rest] });
    assert.deepEqual(await values(), [{ key: "model", now: two, all: [one, two] }]);
  });

  it("are those of a file of Windows in every spelling, with case on Linux", async () => {
    const written = async (path: string, realPath: string) => {
      const edits = [{ path: ["model"], valueHash: one }];
      const file = { path, realPath, change: "updated", credential: false, format: "toml", edits } as const;
      const time = "2026-01-01T00:00:00.000Z";
      await recordEntries(home.store, { id: hashValue(path), time, title: "", state: "done", files: [file] });
      return readWrittenValues(home.store);
    };
    const ours = await written("C:\\Users\\Ann\\.codex\\config.toml", "C:\\users\\ann\\.codex\\config.toml");
    for (const path of ["c:\\Users\\Ann\\.codex\\config.toml", "C:/users/ANN/.codex/config.toml"])
      assert.ok(isAsWritten(writtenAt(ours, { path }, ["model"]), "one"), path);
    const onLinux = await written("/home/ann/config.toml", "/home/ann/config.toml");
    assert.ok(writtenAt(onLinux, { path: "/home/ann/config.toml" }, ["model"]));
    assert.equal(writtenAt(onLinux, { path: "/home/Ann/config.toml" }, ["model"]), undefined);
  });

  it("count only once the change is complete", async () => {
    const entry = await home.apply(home.toml("config", set("model", "one")));
    assert.ok(entry);
    await recordEntries(home.store, { ...entry, state: "writing" });
    assert.deepEqual(await values(), []);
  });

  it("are told from another value, from none and from those of other keys and files", async () => {
    await home.apply(home.toml("config", set("model", "one")));
    const written = await readWrittenValues(home.store);
    const place = { path: home.path("config") };
    const found = writtenAt(written, place, ["model"]);
    assert.deepEqual([isAsWritten(found, "one"), isAsWritten(found, "two")], [true, false]);
    assert.equal(isAsWritten(undefined, "one"), false);
    await home.apply(home.toml("config", remove("model")));
    const [removed] = await readWrittenValues(home.store);
    assert.equal(isAsWritten(removed, undefined), false);
    assert.equal(writtenAt(written, place, ["other"]), undefined);
    assert.equal(writtenAt(written, { path: home.path("other") }, ["model"]), undefined);
  });
});
