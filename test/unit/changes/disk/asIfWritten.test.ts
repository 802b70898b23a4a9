import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { asIfWritten } from "../../../../src/changes/disk/asIfWritten";
import { type FileSystem, readUserFile } from "../../../../src/changes/disk/userFile";

describe("the disk as it would be", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "as-if-")));
    await fs.writeFile(path.join(folder, "old"), "old text", { mode: 0o640 });
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const at = (name: string) => path.join(folder, name);
  const disk = (name: string, text: string | undefined) =>
    asIfWritten(fs, [[at(name), text === undefined ? undefined : Buffer.from(text)]]);
  const read = async (planned: FileSystem, name: string) => {
    const file = await readUserFile(planned, at(name));
    return file && Buffer.from(file.bytes).toString();
  };

  it("has a changed file with its new text and its old permissions", async () => {
    const changed = await disk("old", "a text that is longer than before");
    assert.equal(await read(changed, "old"), "a text that is longer than before");
    assert.equal((await readUserFile(changed, at("old")))?.mode, 0o640);
  });

  it("has a file that is not there yet, also below a folder that is not", async () => {
    assert.equal(await read(await disk("new", "text"), "new"), "text");
    const below = await disk("folder/new", "text");
    assert.equal(await read(below, "folder/new"), "text");
    assert.equal((await below.stat(at("folder/new"))).isFile(), true);
  });

  it("has no file that would be deleted", async () => {
    const without = await disk("old", undefined);
    assert.equal(await read(without, "old"), undefined);
    await assert.rejects(without.stat(at("old")), { code: "ENOENT" });
  });

  it("has a file behind a link changed by either name", async () => {
    await fs.symlink(at("old"), at("link"));
    const changed = await disk("link", "text");
    assert.deepEqual([await read(changed, "link"), await read(changed, "old")], ["text", "text"]);
  });

  it("has all others as they are, and writes nothing", async () => {
    const other = await disk("new", "text");
    assert.equal(await read(other, "old"), "old text");
    assert.equal(await read(other, "nothing"), undefined);
    assert.deepEqual(await fs.readdir(folder), ["old"]);
  });
});
