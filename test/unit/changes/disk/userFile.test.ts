import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { asRefusal, type FileSystem, readUserFile, sameBytes } from "../../../../src/changes/disk/userFile";
import { refusalOf, systemError, TemporaryStore } from "../temporaryStore";

describe("user file", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  it("is undefined where there is none, also below a file", async () => {
    await home.write("file", "x");
    assert.equal(await readUserFile(fs, home.path("none")), undefined);
    assert.equal(await readUserFile(fs, home.path("file/below")), undefined);
  });

  it("is read through a symbolic link, with its mode", async () => {
    await home.write("real", "text", 0o640);
    await fs.symlink("real", home.path("link"));
    const file = await readUserFile(fs, home.path("link"));
    assert.equal(file?.realPath, home.path("real"));
    assert.equal(file.mode, 0o640);
    assert.equal(Buffer.from(file.bytes).toString(), "text");
  });

  it("is refused when it is a directory or a device", async () => {
    await fs.mkdir(home.path("directory"));
    const refusal = await refusalOf("change/not-a-file", readUserFile(fs, home.path("directory")));
    assert.equal(refusal.where.path, home.path("directory"));
    await refusalOf("change/not-a-file", readUserFile(fs, "/dev/null"));
  });

  it("is read with a second hard link, which only keeps it from being replaced", async () => {
    await home.write("one", "x");
    await fs.link(home.path("one"), home.path("two"));
    const file = await readUserFile(fs, home.path("two"));
    assert.deepEqual([file?.hardLinked, Buffer.from(file?.bytes ?? []).toString()], [true, "x"]);
  });

  it("is refused above 5 MB", async () => {
    await home.write("large", Buffer.alloc(5_000_000, "#"));
    assert.equal((await readUserFile(fs, home.path("large")))?.bytes.length, 5_000_000);
    await home.write("large", Buffer.alloc(5_000_001, "#"));
    await refusalOf("change/too-large", readUserFile(fs, home.path("large")));
  });

  it("is refused behind a loop of symbolic links", async () => {
    await fs.symlink("b", home.path("a"));
    await fs.symlink("a", home.path("b"));
    await refusalOf("change/write-failed", readUserFile(fs, home.path("a")));
  });

  it("is refused without permission", async () => {
    await home.write("secret", "x");
    const denied: FileSystem = { ...fs, open: () => Promise.reject(systemError("EACCES")) };
    await refusalOf("change/no-permission", readUserFile(denied, home.path("secret")));
  });

  for (const [system, code] of [
    ["EACCES", "change/no-permission"],
    ["EPERM", "change/no-permission"],
    ["EROFS", "change/no-permission"],
    ["ENOSPC", "change/write-failed"],
    ["EIO", "change/write-failed"],
    ["EDQUOT", "change/write-failed"],
  ] as const) {
    it(`names ${system} as ${code}`, () => {
      const refusal = asRefusal(systemError(system), "/some/file");
      assert.equal(refusal.code, code);
      assert.equal(refusal.where.path, "/some/file");
      assert.match(refusal.message, /\. [A-Z][^.]+\.$/, "says what to do");
    });
  }

  it("tells no file from an empty one", () => {
    assert.equal(sameBytes(undefined, new Uint8Array()), false);
    assert.equal(sameBytes(undefined, undefined), true);
    assert.equal(sameBytes(Buffer.from("a"), Uint8Array.from([97])), true);
  });
});
