import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { readWrittenValues } from "../../../../../src/changes/history/writtenValues";
import { refusalOf, set, TemporaryStore } from "../../temporaryStore";

describe("version of the journal", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  it("1 was the list alone, and is read and gone on with", async () => {
    const first = await home.apply(home.toml("config", set("a", 1)));
    const { entries } = JSON.parse((await home.read("store/journal.json")) ?? "") as { entries: unknown };
    await home.write("store/journal.json", JSON.stringify(entries), 0o600);
    assert.deepEqual(await home.journal(), [first]);
    const second = await home.apply(home.toml("config", set("a", 2)));
    assert.deepEqual(await home.journal(), [first, second]);
  });

  it("that is later is refused in a sentence and never overwritten; looking goes on", async () => {
    await home.apply(home.toml("config", set("a", 1)));
    const later = JSON.stringify({ version: 3, entries: { of: "another kind" } });
    await home.write("store/journal.json", later, 0o600);
    const refusal = await refusalOf("change/conflict", home.apply(home.toml("config", set("a", 2))));
    assert.equal(refusal.where.path, home.path("store/journal.json"));
    const said = `${home.path("store/journal.json")} was written by a later version of TokenPool for VS Code.`;
    assert.ok(refusal.message.startsWith(said));
    assert.equal(await home.read("store/journal.json"), later);
    assert.equal(await home.read("config"), "a = 1\n");
    assert.deepEqual(await readWrittenValues(home.store), []);
    assert.deepEqual(
      (await fs.readdir(home.path("store"))).filter((name) => name.startsWith("damaged")),
      [],
    );
  });

  it("knows a file by where it really is", async () => {
    await home.write("real", "a = 0\n");
    await fs.symlink("real", home.path("link"));
    const entry = await home.apply(home.toml("link", set("a", 1)));
    assert.equal(entry?.files[0]?.realPath, home.path("real"));
  });
});
