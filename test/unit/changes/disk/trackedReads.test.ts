import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { trackReads } from "../../../../src/changes/disk/trackedReads";

describe("tracked reads", () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "tracked-"));
    await fs.writeFile(at("there"), "one");
    await fs.symlink("there", at("link"));
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  /** Everything that a look does with files. */
  async function look() {
    const reads = trackReads(fs);
    await (await reads.fs.open(at("there"), "r")).close();
    await reads.fs.open(at("missing"), "r").catch(() => undefined);
    await reads.fs.realpath(at("link"));
    await reads.fs.readdir(folder);
    return reads;
  }

  it("are unchanged while nothing changes, whatever else happens", async () => {
    const reads = trackReads(fs);
    await (await reads.fs.open(at("there"), "r")).close();
    await fs.writeFile(at("other"), "two");
    assert.equal(await reads.isUnchanged(), true);
  });

  const changes: [string, () => Promise<unknown>][] = [
    ["a file has other bytes of the same number", () => fs.writeFile(at("there"), "two")],
    [
      "a file is replaced by an equal one",
      async () => {
        await fs.writeFile(at("new"), "one");
        await fs.rename(at("new"), at("there"));
      },
    ],
    ["a file has other permissions", () => fs.chmod(at("there"), 0o600)],
    ["a file is gone", () => fs.unlink(at("there"))],
    ["a file has come where there was none", () => fs.writeFile(at("missing"), "")],
    [
      "a link leads elsewhere",
      async () => {
        await fs.writeFile(at("other"), "one");
        await fs.unlink(at("link"));
        await fs.symlink("other", at("link"));
      },
    ],
    ["a folder has another entry", () => fs.writeFile(at("other"), "")],
  ];
  for (const [name, change] of changes) {
    it(`are changed as soon as ${name}`, async () => {
      const reads = await look();
      assert.equal(await reads.isUnchanged(), true);
      const { mtimeMs } = await fs.stat(at("there"));
      // Within one tick of the system's clock a writing of as many bytes cannot be told.
      do await change();
      while (name.includes("same number") && (await fs.stat(at("there"))).mtimeMs === mtimeMs);
      assert.equal(await reads.isUnchanged(), false);
    });
  }

  it("tell of a file that changed while it was read", async () => {
    const reads = trackReads(fs);
    const reading = await reads.fs.open(at("there"), "r");
    await fs.writeFile(at("there"), "longer");
    await reading.close();
    assert.equal(await reads.isUnchanged(), false);
  });

  it("ask the system once where a path leads, and say what it said", async () => {
    const asked: string[] = [];
    const counting = {
      ...fs,
      realpath: ((file: string) => (asked.push(file), fs.realpath(file))) as typeof fs.realpath,
    };
    const reads = trackReads(counting);
    for (let time = 0; time < 2; time++) {
      assert.equal(await reads.fs.realpath(at("link")), await fs.realpath(at("there")));
      await assert.rejects(reads.fs.realpath(at("missing")), { code: "ENOENT" });
    }
    assert.deepEqual(asked, [at("link"), at("missing")]);
    await fs.writeFile(at("missing"), "");
    assert.equal(await reads.isUnchanged(), false);
  });
});
