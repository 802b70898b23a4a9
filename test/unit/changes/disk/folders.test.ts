import assert from "node:assert/strict";
import {
  exists,
  firstMissingFolder,
  makeFolder,
  removeEmptyFolders,
  syncFolder,
} from "../../../../src/changes/disk/folders";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../memoryFileSystem";
import { systemError } from "../temporaryStore";

describe("folders", () => {
  let memory: MemoryFileSystem;
  beforeEach(() => {
    memory = new MemoryFileSystem();
    memory.write("/home/file", "x");
  });

  /** The file system, with single operations replaced. */
  const fsWith = (operations: Partial<Record<keyof FileSystem, unknown>>): FileSystem =>
    ({ ...memory.fs, ...operations }) as FileSystem;
  const failing = (code: string) => () => Promise.reject(systemError(code));

  it("are there or not, also below a file", async () => {
    assert.equal(await exists(memory.fs, "/home"), true);
    assert.equal(await exists(memory.fs, "/home/file"), true);
    assert.equal(await exists(memory.fs, "/home/none"), false);
    assert.equal(await exists(fsWith({ stat: failing("ENOTDIR") }), "/home/file/x"), false);
  });

  it("are not said to be missing where the system cannot tell", async () => {
    await assert.rejects(exists(fsWith({ stat: failing("EACCES") }), "/home"), { code: "EACCES" });
  });

  it("are missing from the topmost on", async () => {
    assert.equal(await firstMissingFolder(memory.fs, "/home"), undefined);
    assert.equal(await firstMissingFolder(memory.fs, "/home/a"), "/home/a");
    assert.equal(await firstMissingFolder(memory.fs, "/home/a/b/c"), "/home/a");
  });

  it("never miss the root, even where nobody can ask for it", async () => {
    assert.equal(await firstMissingFolder(fsWith({ stat: failing("ENOENT") }), "/"), undefined);
    assert.equal(await firstMissingFolder(fsWith({ stat: failing("ENOENT") }), "/a/b"), "/a");
  });

  it("are made for the user alone, and say where that began", async () => {
    const modes: unknown[] = [];
    const mkdir = (folder: string, options: { mode: number; recursive: true }) => {
      modes.push(options);
      return memory.fs.mkdir(folder, options);
    };
    assert.equal(await makeFolder(fsWith({ mkdir }), "/home/a/b"), "/home/a");
    assert.deepEqual(modes, [{ recursive: true, mode: 0o700 }]);
    assert.equal(await makeFolder(fsWith({ mkdir }), "/home/a/b"), undefined);
    assert.equal(modes.length, 1);
  });

  it("outlast a power failure with all that are above them", async () => {
    await makeFolder(memory.fs, "/home/a/b/c");
    memory.losePower("nothing");
    assert.equal(await exists(memory.fs, "/home/a/b/c"), true);
  });

  it("sync only what was made", async () => {
    const synced: string[] = [];
    const open = (folder: string) => {
      synced.push(folder);
      return memory.fs.open(folder, "r");
    };
    await makeFolder(fsWith({ open }), "/home/a/b");
    assert.deepEqual(synced, ["/home/a", "/home"]);
  });

  it("leave nothing behind when they cannot be made for good", async () => {
    await assert.rejects(makeFolder(fsWith({ open: failing("EIO") }), "/home/a/b"), { code: "EIO" });
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 x" });
  });

  it("go while they are empty, up to the topmost", async () => {
    await makeFolder(memory.fs, "/home/a/b/c");
    await removeEmptyFolders(memory.fs, "/home/a/b/c", "/home/a/b");
    assert.deepEqual(memory.list("/home"), { "/home/a": "empty folder", "/home/file": "644 x" });
    memory.losePower("nothing");
    assert.deepEqual(memory.list("/home"), { "/home/a": "empty folder", "/home/file": "644 x" });
  });

  it("stay from the one on that holds something", async () => {
    memory.write("/home/a/theirs", "x");
    await makeFolder(memory.fs, "/home/a/b");
    await removeEmptyFolders(memory.fs, "/home/a/b", "/home/a");
    assert.deepEqual(memory.list("/home"), { "/home/a/theirs": "644 x", "/home/file": "644 x" });
  });

  it("go although those below were never made", async () => {
    await makeFolder(memory.fs, "/home/a");
    await removeEmptyFolders(memory.fs, "/home/a/b/c", "/home/a");
    assert.deepEqual(memory.list("/home"), { "/home/file": "644 x" });
  });

  it("go although an error came once, before or after the folder went", async () => {
    for (const comesLate of [false, true]) {
      await makeFolder(memory.fs, "/home/a/b");
      let errors = 1;
      const rmdir = async (folder: string) => {
        if (errors > 0 && comesLate) await memory.fs.rmdir(folder);
        if (errors-- > 0) throw systemError("EIO");
        await memory.fs.rmdir(folder);
      };
      await removeEmptyFolders(fsWith({ rmdir }), "/home/a/b", "/home/a");
      assert.deepEqual(memory.list("/home"), { "/home/file": "644 x" });
    }
  });

  it("stop at the first that cannot be removed, after a second try unless something is in it", async () => {
    for (const [code, tries] of [
      ["EACCES", 2],
      ["ENOTEMPTY", 1],
      ["EEXIST", 1],
    ] as const) {
      const tried: string[] = [];
      const rmdir = (folder: string) => {
        tried.push(folder);
        return Promise.reject(systemError(code));
      };
      await removeEmptyFolders(fsWith({ rmdir }), "/home/a/b", "/home/a");
      assert.deepEqual(tried, Array<string>(tries).fill("/home/a/b"), code);
    }
  });

  it("of strangers are not touched: beside the topmost, above it, or named like the way up", async () => {
    const tried: string[] = [];
    const rmdir = (folder: string) => {
      tried.push(folder);
      return Promise.resolve();
    };
    const fs = fsWith({ rmdir });
    await removeEmptyFolders(fs, "/home/other", "/home/a");
    await removeEmptyFolders(fs, "/home", "/home/a");
    await removeEmptyFolders(fs, "/elsewhere/a", "/home/a");
    assert.deepEqual(tried, []);
    await removeEmptyFolders(fs, "/home/..odd", "/home/..odd");
    assert.deepEqual(tried, ["/home/..odd"]);
  });

  describe("that are synced", () => {
    /** A folder whose handle answers like that, and whether it was closed. */
    function folder(sync: () => Promise<void>): { fs: FileSystem; closed: () => boolean; flags: unknown[] } {
      let closed = false;
      const flags: unknown[] = [];
      const close = () => Promise.resolve((closed = true));
      const open = (_name: string, flag: string) => {
        flags.push(flag);
        return Promise.resolve({ sync, close });
      };
      return { fs: fsWith({ open }), closed: () => closed, flags };
    }

    it("are opened for reading, and closed", async () => {
      const { fs, closed, flags } = folder(() => Promise.resolve());
      await syncFolder(fs, "/home");
      assert.deepEqual([flags, closed()], [["r"], true]);
    });

    it("may be on a file system that cannot", async () => {
      const { fs, closed } = folder(failing("EINVAL"));
      await syncFolder(fs, "/home");
      assert.equal(closed(), true);
    });

    it("say what else goes wrong, and are closed all the same", async () => {
      const { fs, closed } = folder(failing("EIO"));
      await assert.rejects(syncFolder(fs, "/home"), { code: "EIO" });
      assert.equal(closed(), true);
    });

    it("are left alone on Windows, which cannot open them", async () => {
      const { fs, flags } = folder(() => Promise.resolve());
      const platform = Object.getOwnPropertyDescriptor(process, "platform")!;
      Object.defineProperty(process, "platform", { ...platform, value: "win32" });
      try {
        await syncFolder(fs, "/home");
      } finally {
        Object.defineProperty(process, "platform", platform);
      }
      assert.deepEqual(flags, []);
    });
  });
});
