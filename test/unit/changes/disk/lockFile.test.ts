import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import { isAbandonedLock } from "../../../../src/changes/disk/lockFile";
import { systemError } from "../temporaryStore";

describe("a claim on the change lock", () => {
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

  const claim = (host: string) => [process.ppid, "", "0123456789ab", host].join("-");
  const isDead = (host = os.hostname()) => isAbandonedLock(fs, claim(host), new Set());

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
});
