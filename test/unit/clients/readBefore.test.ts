import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { readBefore } from "../../../src/clients/readBefore";
import { set, TemporaryStore } from "../changes/temporaryStore";

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
});
