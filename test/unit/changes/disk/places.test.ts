import assert from "node:assert/strict";
import {
  type AtomicWrite,
  realPlaceOf,
  stageDeletion,
  stageWrite,
  targetOf,
  writeAtomically,
} from "../../../../src/changes/disk/atomicWrite";
import { FileInUse } from "../../../../src/changes/disk/retryingFileSystem";
import { asRefusal, type FileSystem } from "../../../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../memoryFileSystem";
import { refusalOf, systemError } from "../temporaryStore";

const bytes = (text: string) => Buffer.from(text);
const write = (path: string, content: string, expected?: string): AtomicWrite => ({
  path,
  content: bytes(content),
  mode: 0o600,
  enforceMode: false,
  expected: expected === undefined ? undefined : bytes(expected),
  tag: "test",
});

describe("where a file is or will be", () => {
  let memory: MemoryFileSystem;
  beforeEach(() => {
    memory = new MemoryFileSystem();
    memory.write("/home/file", "x");
  });
  const failing = (operation: keyof FileSystem, code: string): FileSystem => ({
    ...memory.fs,
    [operation]: () => Promise.reject(systemError(code)),
  });

  it("is behind its links, also behind those that lead nowhere yet", async () => {
    memory.link("/home/link", "file");
    memory.link("/home/far", "near");
    memory.link("/home/near", "/elsewhere/none");
    assert.equal(await targetOf(memory.fs, "/home/link"), "/home/file");
    assert.equal(await targetOf(memory.fs, "/home/far"), "/elsewhere/none");
    assert.equal(await targetOf(memory.fs, "/home/none"), "/home/none");
  });

  it("is nowhere behind a circle of links, which is said", async () => {
    memory.link("/home/one", "two");
    memory.link("/home/two", "one");
    const refusal = await refusalOf("change/not-a-file", targetOf(memory.fs, "/home/one"));
    assert.match(refusal.message, /leads back to itself\. Remove it first\.$/);
    assert.ok(refusal.where.path?.startsWith("/home/"));
  });

  it("is behind as many links as Linux follows, and not one more", async () => {
    for (let link = 0; link < 42; link++) memory.link(`/home/${link}`, `${link + 1}`);
    assert.equal(await targetOf(memory.fs, "/home/2"), "/home/42");
    await refusalOf("change/not-a-file", targetOf(memory.fs, "/home/1"));
  });

  it("is not guessed where the system does not tell", async () => {
    for (const operation of ["realpath", "readlink"] as const) {
      const fs = failing(operation, "EACCES");
      const refusal = await refusalOf("change/no-permission", targetOf(fs, "/home/none"));
      assert.equal(refusal.where.path, "/home/none");
    }
    for (const code of ["ENOTDIR", "EINVAL", "ENOENT"])
      assert.equal(await targetOf(failing("readlink", code), "/home/none"), "/home/none", code);
    for (const code of ["ENOTDIR", "ELOOP"])
      assert.equal(await targetOf(failing("realpath", code), "/home/none"), "/home/none", code);
  });

  it("is behind the links of folders, too, however many are missing", async () => {
    memory.write("/real/file", "x");
    memory.link("/home/folder", "/real");
    assert.equal(await realPlaceOf(memory.fs, "/home/folder/a/b/c"), "/real/a/b/c");
    assert.equal(await realPlaceOf(failing("realpath", "ENOENT"), "/home/none"), "/home/none");
  });
});

describe("a change of one file outlasts a power failure", () => {
  let memory: MemoryFileSystem;
  beforeEach(() => {
    memory = new MemoryFileSystem();
    memory.write("/home/file", "old");
  });

  it("once it is written, in new folders, too", async () => {
    await writeAtomically(memory.fs, write("/home/file", "new", "old"));
    await writeAtomically(memory.fs, write("/home/a/b/file", "new"));
    memory.losePower("nothing");
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 new", "/home/a/b/file": "600 new" });
  });

  it("once it is deleted, with the folders that were made for it", async () => {
    await writeAtomically(memory.fs, write("/home/a/b/file", "new"));
    await stageDeletion(memory.fs, "/home/a/b/file", bytes("new"), "/home/a").commit();
    memory.losePower("nothing");
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 old" });
  });

  it("once it is given up, without a trace", async () => {
    const staged = await stageWrite(memory.fs, write("/home/a/b/file", "new"));
    await staged.discard();
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 old" });
    memory.losePower("names");
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 old" });
    await stageDeletion(memory.fs, "/home/file", bytes("old")).discard();
  });

  it("and says which file another program wrote", async () => {
    const refusal = await refusalOf(
      "change/changed-meanwhile",
      writeAtomically(memory.fs, write("/home/file", "new", "other")),
    );
    assert.deepEqual(refusal.where, { path: "/home/file" });
    assert.match(refusal.message, /^Another program changed \/home\/file at the same time\. Try again\.$/);
  });

  it("and is not tried where its pending file cannot be made", async () => {
    const open = (...args: Parameters<FileSystem["open"]>) =>
      args[1] === "wx" ? Promise.reject(systemError("EACCES")) : memory.fs.open(...args);
    const fs = { ...memory.fs, open };
    await assert.rejects(stageWrite(fs, write("/home/file", "new", "old")), { code: "EACCES" });
  });
});

describe("what went wrong with a file is said with its reason", () => {
  const message = (error: unknown) => asRefusal(error, "/some/file").message;

  it("a full disk, a program that holds it, any other code or error", () => {
    for (const code of ["ENOSPC", "EDQUOT"])
      assert.match(message(systemError(code)), /disk or your quota is full/);
    const inUse = asRefusal(new FileInUse("EBUSY"), "/some/file");
    assert.deepEqual([inUse.code, inUse.where], ["change/write-failed", { path: "/some/file" }]);
    assert.match(inUse.message, /^\/some\/file is open in another program\. Close it there and try again\.$/);
    assert.match(message(systemError("EIO")), /\(EIO\)\. Check the path/);
    assert.match(message(new Error("odd")), /\(Error: odd\)/);
    assert.match(message("text"), /\(text\)/);
  });
});
