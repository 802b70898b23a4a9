import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { type AtomicWrite, stageDeletion, writeAtomically } from "../../../../src/changes/disk/atomicWrite";
import { refusalOf, systemError, TemporaryStore } from "../temporaryStore";

describe("atomic write", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const bytes = (text: string) => Buffer.from(text);
  const writing = (name: string, content: string, expected: string | undefined): AtomicWrite => ({
    path: home.path(name),
    content: bytes(content),
    mode: 0o600,
    enforceMode: false,
    expected: expected === undefined ? undefined : bytes(expected),
    tag: "test",
  });

  it("creates a file with its folders, which are for the user alone", async () => {
    await writeAtomically(fs, writing("new/deep/file", "text", undefined));
    assert.equal(await home.read("new/deep/file"), "text");
    assert.equal(await home.mode("new/deep/file"), 0o600);
    assert.equal(await home.mode("new"), 0o700);
  });

  it("keeps the mode of an old file", async () => {
    await home.write("file", "old", 0o664);
    await writeAtomically(fs, writing("file", "new", "old"));
    assert.equal(await home.mode("file"), 0o664);
    assert.equal(await home.read("file"), "new");
  });

  it("takes a credential file away from everyone else", async () => {
    await home.write("file", "old", 0o664);
    await writeAtomically(fs, { ...writing("file", "new", "old"), enforceMode: true });
    assert.equal(await home.mode("file"), 0o600);
  });

  it("never lets others read the pending file", async () => {
    await home.write("file", "old", 0o600);
    const modes: (string | number | undefined)[] = [];
    const open: typeof fs.open = (name, flags, mode) => {
      if (flags === "wx") modes.push(mode ?? undefined);
      return fs.open(name, flags, mode);
    };
    await writeAtomically({ ...fs, open }, writing("file", "new", "old"));
    assert.deepEqual(modes, [0o600]);
  });

  it("takes the place of what a crash in this very change left", async () => {
    await home.write("file", "old");
    await home.write(".file.test.tmp", "half of the ne");
    await writeAtomically(fs, writing("file", "new", "old"));
    assert.deepEqual([await home.read("file"), await home.names()], ["new", ["file"]]);
  });

  it("keeps the owner of a file", async () => {
    await home.write("file", "old");
    const given: number[][] = [];
    const open: typeof fs.open = async (name, flags, mode) => {
      const handle = await fs.open(name, flags, mode);
      return new Proxy(handle, {
        get: (target, member) => {
          if (member === "chown") return (...ids: number[]) => Promise.resolve(given.push(ids));
          if (member === "stat")
            return async () => Object.assign(await target.stat(), { uid: 12_345, gid: 678 });
          const value: unknown = Reflect.get(target, member);
          return typeof value === "function" ? (value.bind(target) as unknown) : value;
        },
      });
    };
    await writeAtomically({ ...fs, open }, writing("file", "new", "old"));
    assert.deepEqual(given, [[12_345, 678]]);
  });

  it("follows symbolic links and keeps them", async () => {
    await fs.mkdir(home.path("dotfiles"));
    await home.write("dotfiles/real", "old");
    await fs.symlink("dotfiles/real", home.path("one"));
    await fs.symlink("one", home.path("two"));
    await writeAtomically(fs, writing("two", "new", "old"));
    assert.equal(await home.read("dotfiles/real"), "new");
    assert.equal(await fs.readlink(home.path("one")), "dotfiles/real");
    assert.equal(await fs.readlink(home.path("two")), "one");
    assert.deepEqual(await fs.readdir(home.path("dotfiles")), ["real"]);
  });

  it("creates the file that a symbolic link leads to", async () => {
    await fs.symlink("dotfiles/real", home.path("link"));
    await writeAtomically(fs, writing("link", "new", undefined));
    assert.equal(await home.read("dotfiles/real"), "new");
    assert.equal(await fs.readlink(home.path("link")), "dotfiles/real");
  });

  it("refuses when the file is no longer as expected, and leaves no litter", async () => {
    await home.write("file", "theirs");
    await refusalOf("change/changed-meanwhile", writeAtomically(fs, writing("file", "new", "old")));
    await refusalOf("change/changed-meanwhile", writeAtomically(fs, writing("file", "new", undefined)));
    await refusalOf("change/changed-meanwhile", writeAtomically(fs, writing("none", "new", "old")));
    assert.equal(await home.read("file"), "theirs");
    assert.deepEqual(await home.names(), ["file"]);
  });

  it("notices what is written between its own writing and the renaming", async () => {
    await home.write("file", "old");
    const open: typeof fs.open = async (name, flags, mode) => {
      if (flags === "wx") await home.write("file", "theirs");
      return fs.open(name, flags, mode);
    };
    await refusalOf(
      "change/changed-meanwhile",
      writeAtomically({ ...fs, open }, writing("file", "new", "old")),
    );
    assert.equal(await home.read("file"), "theirs");
    assert.deepEqual(await home.names(), ["file"]);
  });

  for (const code of ["ENOSPC", "EACCES", "EROFS", "EIO"]) {
    it(`leaves the old file and no litter when renaming fails with ${code}`, async () => {
      await home.write("file", "old");
      const rename = () => Promise.reject(systemError(code));
      await assert.rejects(writeAtomically({ ...fs, rename }, writing("file", "new", "old")), { code });
      assert.equal(await home.read("file"), "old");
      assert.deepEqual(await home.names(), ["file"]);
    });
  }

  it("reports the first error when cleaning up fails too", async () => {
    const failing = {
      ...fs,
      rename: () => Promise.reject(systemError("EIO")),
      rm: () => Promise.reject(systemError("EROFS")),
    };
    await assert.rejects(writeAtomically(failing, writing("file", "new", undefined)), { code: "EIO" });
  });

  it("goes on where folders cannot be synchronised", async () => {
    const open: typeof fs.open = async (name, flags, mode) => {
      const handle = await fs.open(name, flags, mode);
      if (flags === "r") handle.sync = () => Promise.reject(systemError("EINVAL"));
      return handle;
    };
    await writeAtomically({ ...fs, open }, writing("file", "new", undefined));
    assert.equal(await home.read("file"), "new");
  });

  it("deletes only what is as expected", async () => {
    await home.write("file", "theirs");
    await refusalOf("change/changed-meanwhile", stageDeletion(fs, home.path("file"), bytes("old")).commit());
    await stageDeletion(fs, home.path("file"), bytes("theirs")).commit();
    assert.deepEqual(await home.names(), []);
    await stageDeletion(fs, home.path("file"), undefined).commit();
  });
});
