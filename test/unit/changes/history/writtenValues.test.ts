import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { isAsWritten, readWrittenValues, writtenAt } from "../../../../src/changes/history/writtenValues";
import { set, TemporaryStore } from "../temporaryStore";

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
});
