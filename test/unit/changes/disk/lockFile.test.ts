import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import { isAbandonedLock, newLockName } from "../../../../src/changes/disk/lockFile";
import { MemoryFileSystem } from "../memoryFileSystem";
import { systemError } from "../temporaryStore";

describe("a lock file of the change lock", () => {
  /** Runs while the system answers like that about every process. */
  async function whileKillSays<T>(code: string, test: () => Promise<T>): Promise<T> {
    const kill = process.kill.bind(process);
    process.kill = () => {
      throw systemError(code);
    };
    try {
      return await test();
    } finally {
      process.kill = kill;
    }
  }

  const lockFile = (host: string) => [process.ppid, "", "0123456789ab", host].join("-");
  const isDead = (host = os.hostname()) => isAbandonedLock(fs, lockFile(host), new Set());

  it("is dead when its process is gone", async () => {
    assert.equal(await whileKillSays("ESRCH", () => isDead()), true);
  });

  it("lives while its process belongs to another user", async () => {
    assert.equal(await whileKillSays("EPERM", () => isDead()), false);
  });

  it("of another machine is never known to be dead, however alike the names are", async () => {
    for (const host of ["another", `${os.hostname()}-2`, os.hostname().slice(0, -1), ""]) {
      assert.equal(await whileKillSays("ESRCH", () => isDead(host)), false, host);
    }
  });

  describe("tells an earlier process from a later one of the same id", () => {
    /** As Linux writes it; the name of a program may hold blanks and brackets. */
    const status = (start: string) =>
      ["1", "(a) b) R", ...Array.from({ length: 18 }, (_, index) => `f${index}`), start, "more"].join(" ");

    function processes(starts: Readonly<Record<number, string>>): MemoryFileSystem {
      const memory = new MemoryFileSystem();
      for (const [pid, start] of Object.entries(starts)) memory.write(`/proc/${pid}/stat`, status(start));
      return memory;
    }

    const laidDownAt = (start: string) => [process.ppid, start, "0123456789ab", os.hostname()].join("-");
    const judge = (lockFile: string, startNow: string | undefined) =>
      isAbandonedLock(
        processes(startNow === undefined ? {} : { [process.ppid]: startNow }).fs,
        lockFile,
        new Set(),
      );

    it("by its start", async () => {
      assert.equal(await judge(laidDownAt("100"), "200"), true);
      assert.equal(await judge(laidDownAt("100"), "100"), false);
    });

    it("only where the system tells both", async () => {
      assert.equal(await judge(laidDownAt(""), "200"), false);
      assert.equal(await judge(laidDownAt("100"), undefined), false);
    });

    it("and says its own start in the lock file's name", async () => {
      const { fs } = processes({ [process.pid]: "4711" });
      const [pid, start, random, ...host] = (await newLockName(fs)).split("-");
      assert.deepEqual([pid, start, host.join("-")], [String(process.pid), "4711", os.hostname()]);
      assert.match(random ?? "", /^[0-9a-f]{12}$/);
    });

    it("and leaves the start out where the system does not tell", async () => {
      const [pid, start] = (await newLockName(new MemoryFileSystem().fs)).split("-");
      assert.deepEqual([pid, start], [String(process.pid), ""]);
    });
  });

  it("of this process lives while it is held", async () => {
    const own = [process.pid, "", "0123456789ab", os.hostname()].join("-");
    assert.equal(await isAbandonedLock(fs, own, new Set([own])), false);
    assert.equal(await isAbandonedLock(fs, own, new Set()), true);
  });
});
