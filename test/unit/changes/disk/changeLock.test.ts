import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { withChangeLock } from "../../../../src/changes/disk/changeLock";
import { refusalOf, set, systemError, TemporaryStore } from "../temporaryStore";

describe("change lock", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const claims = () => fs.readdir(home.path("store/locks"));

  /** The id of a process that has ended. */
  async function deadProcess(): Promise<number> {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    return child.pid ?? 0;
  }

  /** @param start when the process began; empty where the system does not tell */
  const claimOf = (pid: number, { start = "", host = os.hostname() } = {}) =>
    [pid, start, "0123456789ab", host].join("-");

  async function abandonedClaim(name: string, age: number): Promise<void> {
    await fs.mkdir(home.path("store/locks"), { recursive: true });
    const lockFile = path.join(home.path("store/locks"), name);
    await fs.writeFile(lockFile, "");
    const time = Date.now() / 1000 - age;
    await fs.utimes(lockFile, time, time);
  }

  it("lets one in at a time", async () => {
    let inside = 0;
    const work = () =>
      withChangeLock(home.store, async () => {
        assert.equal(++inside, 1);
        await new Promise(setImmediate);
        inside--;
      });
    await Promise.all(Array.from({ length: 8 }, work));
    assert.deepEqual(await claims(), []);
  });

  it("gives the lock back when the work fails", async () => {
    const failing = withChangeLock(home.store, () => Promise.reject(new Error("made by a test")));
    await assert.rejects(failing, /made by a test/);
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
    assert.deepEqual(await claims(), []);
  });

  it("takes over from a process that is gone", async () => {
    await abandonedClaim(claimOf(await deadProcess()), 0);
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
    assert.deepEqual(await claims(), []);
  });

  it("takes over a lock file so old that its process id must belong to another program", async () => {
    await abandonedClaim(claimOf(process.ppid), 3600);
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
  });

  it("takes over from an earlier process with the own id", async () => {
    await abandonedClaim(claimOf(process.pid), 0);
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
    assert.deepEqual(await claims(), []);
  });

  it("takes over from an earlier process whose id belongs to another program by now", async () => {
    // Only Linux tells when a process began.
    const start = process.platform === "linux" ? "1" : "";
    await abandonedClaim(claimOf(process.ppid, { start }), process.platform === "linux" ? 0 : 3600);
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
  });

  it("takes over from another machine only after a while", async () => {
    const theirs = claimOf(await deadProcess(), { host: "another-machine" });
    await abandonedClaim(theirs, 0);
    let entered = false;
    const work = withChangeLock(home.store, () => Promise.resolve((entered = true)));
    await claimsSeen(2);
    assert.equal(entered, false);
    await abandonedClaim(theirs, 3600);
    assert.equal(await work, true);
  });

  it("keeps what was done when the lock cannot be given back", async () => {
    home.fs = { ...fs, rm: () => Promise.reject(systemError("EIO")) };
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
    home.fs = fs;
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(2)), 2);
    assert.deepEqual(await claims(), []);
  });

  it("leaves no lock file behind when it cannot look for others", async () => {
    home.fs = { ...fs, readdir: (): Promise<never> => Promise.reject(systemError("EIO")) };
    const work = withChangeLock(home.store, () => Promise.resolve(1));
    await refusalOf("change/write-failed", work);
    assert.deepEqual(await claims(), []);
  });

  it("goes on at once when a lock file is withdrawn while it looks", async () => {
    const theirs = claimOf(process.ppid);
    await abandonedClaim(theirs, 0);
    let tries = 0;
    const open: typeof fs.open = (name, flags, mode) => {
      if (flags === "wx") tries++;
      return fs.open(name, flags, mode);
    };
    const stat = async (name: Parameters<typeof fs.stat>[0]) => {
      if (String(name).endsWith(theirs)) await fs.rm(String(name));
      return fs.stat(name);
    };
    home.fs = { ...fs, open, stat: stat as typeof fs.stat };
    await withChangeLock(home.store, () => Promise.resolve());
    assert.equal(tries, 1);
  });

  it("waits for a living process, also one that takes minutes", async () => {
    await abandonedClaim(claimOf(process.ppid), 100);
    let entered = false;
    const hasEntered = () => entered;
    let tries = 0;
    const open: typeof fs.open = (name, flags, mode) => {
      if (flags === "wx") tries++;
      return fs.open(name, flags, mode);
    };
    home.fs = { ...fs, open };
    const work = withChangeLock(home.store, () => Promise.resolve((entered = true)));
    while (tries < 3 && !hasEntered()) await new Promise(setImmediate);
    assert.equal(entered, false);
    await fs.rm(home.path(`store/locks/${claimOf(process.ppid)}`));
    assert.equal(await work, true);
  });

  it("gives up where a living process never gives the lock back, and leaves its lock file alone", async () => {
    const theirs = claimOf(process.ppid);
    await abandonedClaim(theirs, 0);
    const { random } = Math;
    // No pause between the tries.
    Math.random = () => 0;
    try {
      const work = withChangeLock(home.store, () => assert.fail("it is locked"));
      await refusalOf("change/changed-meanwhile", work);
    } finally {
      Math.random = random;
    }
    assert.deepEqual(await claims(), [theirs]);
  });

  it("takes no lock file away of which it cannot see how old it is", async () => {
    const theirs = claimOf(process.ppid);
    await abandonedClaim(theirs, 3600);
    const stat = (name: Parameters<typeof fs.stat>[0]) =>
      String(name).endsWith(theirs) ? Promise.reject(systemError("EACCES")) : fs.stat(name);
    home.fs = { ...fs, stat: stat as typeof fs.stat };
    await refusalOf(
      "change/no-permission",
      withChangeLock(home.store, () => assert.fail("it is locked")),
    );
    assert.deepEqual(await claims(), [theirs]);
  });

  it("goes on where another window takes the same dead lock file away before it", async () => {
    await abandonedClaim(claimOf(await deadProcess()), 0);
    const rm: typeof fs.rm = async (name, options) => {
      await fs.rm(name, { force: true });
      await fs.rm(name, options);
    };
    home.fs = { ...fs, rm };
    assert.equal(await withChangeLock(home.store, () => Promise.resolve(1)), 1);
  });

  it("keeps no file open", async () => {
    const opened: fs.FileHandle[] = [];
    const open: typeof fs.open = async (...file) => {
      const handle = await fs.open(...file);
      opened.push(handle);
      return handle;
    };
    home.fs = { ...fs, open };
    await withChangeLock(home.store, () => Promise.resolve());
    assert.ok(opened.length > 0 && opened.every(({ fd }) => fd === -1));
  });

  async function claimsSeen(count: number): Promise<void> {
    while ((await claims()).length < count) await new Promise(setImmediate);
  }

  it("takes a dead lock file away without hitting the living one of a window that took over before", async () => {
    await abandonedClaim(claimOf(await deadProcess()), 0);
    let inside = 0;
    const work = () =>
      withChangeLock(home.store, async () => {
        assert.equal(++inside, 1);
        await new Promise(setImmediate);
        inside--;
      });
    await Promise.all([work(), work(), work()]);
  });

  it("names a store that cannot be written", async () => {
    home.fs = { ...fs, mkdir: (): Promise<never> => Promise.reject(systemError("EROFS")) };
    await refusalOf(
      "change/no-permission",
      withChangeLock(home.store, () => Promise.resolve(1)),
    );
  });

  it("loses no update of changes made at the same time", async () => {
    await home.write("config", "");
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => home.apply(home.toml("config", set(`key${index}`, index)))),
    );
    const text = (await home.read("config")) ?? "";
    for (let index = 0; index < 8; index++) assert.match(text, new RegExp(`^key${index} = ${index}$`, "m"));
    assert.equal((await home.journal()).length, 8);
  });
});
