import assert from "node:assert/strict";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangeStore } from "../../../../src/changes/store";
import { readJournal } from "../../../../src/changes/history/journal/journal";
import { prepareChange } from "../../../../src/changes/prepare";
import { retryingFileSystem } from "../../../../src/changes/disk/retryingFileSystem";
import { recoverInterruptedChanges } from "../../../../src/changes/history/recovery";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../memoryFileSystem";
import { planOf, refusalOf, set, systemError } from "../temporaryStore";

const ONE = "/home/auth.json";
const TWO = "/home/config.json";
const CODES = ["EPERM", "EACCES", "EBUSY"] as const;
const HELD = ["open", "readdir", "rename", "rm", "rmdir", "stat", "unlink"] as const;
/** All that anything of ours does with files; one that is new does not compile until it is here. */
const OPERATIONS: Record<keyof FileSystem | "writeFile", true> = {
  mkdir: true,
  open: true,
  readdir: true,
  readlink: true,
  realpath: true,
  rename: true,
  rm: true,
  rmdir: true,
  stat: true,
  unlink: true,
  writeFile: true,
};

/** Two files that belong together, and a clock that only pauses move. */
class Machine {
  readonly disk = new MemoryFileSystem();
  time = 0;
  private seconds = 0;

  constructor() {
    this.write("old");
  }

  write(value: string): void {
    for (const file of [ONE, TWO]) this.disk.write(file, `{ "a": "${value}" }\n`, 0o600);
  }

  get values(): (string | undefined)[] {
    return [ONE, TWO].map((file) => /"a": "(\w+)"/.exec(this.disk.read(file) ?? "")?.[1]);
  }

  readonly pause = (ms: number): Promise<void> => {
    this.time += ms;
    return Promise.resolve();
  };

  store(fs: FileSystem): ChangeStore {
    return { fs, directory: "/data/store", now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, this.seconds++)) };
  }

  /** @param failing tells before each operation whether it fails, and how */
  failing(failing: (name: string, target: string) => string | undefined): FileSystem {
    const { fs } = this.disk;
    const wrap = (name: (typeof HELD)[number]) => [
      name,
      (...args: unknown[]) => {
        const code = failing(name, String(args[name === "rename" ? 1 : 0]));
        return code === undefined
          ? (Reflect.apply(fs[name], fs, args) as Promise<unknown>)
          : Promise.reject(systemError(code));
      },
    ];
    return { ...fs, ...(Object.fromEntries(HELD.map(wrap)) as object) };
  }

  async change(fs: FileSystem, value: string): Promise<void> {
    const file = { kind: "edit", format: "json", credential: false, edits: [set("a", value)] } as const;
    const plan = planOf([ONE, TWO].map((path) => ({ ...file, path })));
    const store = this.store(fs);
    await applyChange(store, () => Promise.resolve(plan), await prepareChange(fs, plan));
  }
}

describe("files in use", () => {
  it("refuse none of 500 changes when readers hold any file for up to a second", async () => {
    const machine = new Machine();
    const heldUntil = new Map<string, number>();
    let [operations, waited] = [0, 0];
    const fs = machine.failing((_name, target) => {
      operations++;
      const until = heldUntil.get(target);
      if (until === undefined && operations % 7 === 0)
        heldUntil.set(target, machine.time + (operations % 1_001));
      if ((heldUntil.get(target) ?? 0) > machine.time) return (waited++, CODES[operations % CODES.length]);
      heldUntil.delete(target);
      return undefined;
    });
    for (let change = 1; change <= 500; change++) {
      await machine.change(retryingFileSystem(fs, machine.pause), `v${change}`);
      assert.deepEqual(machine.values, [`v${change}`, `v${change}`]);
    }
    assert.ok(waited > 1_000, "many were held");
  });

  it("are named, with what to do, when they stay in use", async () => {
    const machine = new Machine();
    const pauses: number[] = [];
    const fs = machine.failing((name, target) => (name === "rename" && target === TWO ? "EBUSY" : undefined));
    const retrying = retryingFileSystem(fs, (ms) => (pauses.push(ms), Promise.resolve()));
    const refusal = await refusalOf("change/write-failed", machine.change(retrying, "new"));
    assert.equal(refusal.where.path, TWO);
    assert.match(refusal.message, new RegExp(`^${TWO} is open in another program`));
    assert.deepEqual(pauses, [10, 20, 40, 80, 160, 320, 640]);
    assert.deepEqual(machine.values, ["old", "old"]);
  });

  for (const operation of Object.keys(OPERATIONS)) {
    it(`do not fail ${operation}, which is asked for the same again`, async () => {
      const asked: unknown[][] = [];
      const fs = {
        [operation]: (...args: unknown[]) =>
          asked.push(args) < 3 ? Promise.reject(systemError("EBUSY")) : Promise.resolve("done"),
      };
      const retrying = retryingFileSystem(fs, () => Promise.resolve());
      assert.equal(await retrying[operation]?.(ONE, TWO), "done");
      assert.deepEqual(asked, Array(3).fill([ONE, TWO]));
    });
  }

  it("change nothing of what gives no promise, such as watching a folder", () => {
    const fs = { constants: { O_RDONLY: 0 }, watch: () => [ONE] };
    const { constants, watch } = retryingFileSystem(fs);
    assert.deepEqual([constants, watch()], [{ O_RDONLY: 0 }, [ONE]]);
  });

  it("keep the system's own code for who reads the error", async () => {
    const fs = { stat: () => Promise.reject(systemError("EACCES")) };
    const retrying = retryingFileSystem(fs, () => Promise.resolve());
    await assert.rejects(retrying.stat(), { code: "EACCES", message: "EACCES: the file is in use" });
  });

  it("are not tried again for another reason", async () => {
    const machine = new Machine();
    const fs = machine.failing((name) => (name === "rename" ? "ENOSPC" : undefined));
    const noPause = () => assert.fail("waited");
    await refusalOf("change/write-failed", machine.change(retryingFileSystem(fs, noPause), "new"));
  });

  for (const every of [2, 3]) {
    for (let first = 0; first < every; first++) {
      it(`leave no pair half when every ${every}th rename fails, from the ${first + 1}th on, without another try`, async () => {
        const machine = new Machine();
        let renames = first;
        const fs = machine.failing((name) =>
          name === "rename" && ++renames % every === 0 ? "EPERM" : undefined,
        );
        for (let change = 1; change <= 50; change++) {
          await machine.change(fs, `v${change}`).catch(() => undefined);
          const [one, two] = machine.values;
          assert.equal(one, two, `after change ${change}`);
        }
        await recoverInterruptedChanges(machine.store(machine.disk.fs));
        const [one, two] = machine.values;
        assert.equal(one, two);
        const journal = await readJournal(machine.store(machine.disk.fs));
        assert.ok(journal.every(({ state }) => state === "done"));
      });
    }
  }

  it("are brought back at the next chance when the way back was blocked, which the refusal says", async () => {
    const machine = new Machine();
    let isBlocked = false;
    const fs = machine.failing((name, target) => {
      if (name === "rename" && target === TWO) isBlocked = true;
      return isBlocked && name === "rename" && [ONE, TWO].includes(target) ? "EPERM" : undefined;
    });
    const refusal = await refusalOf("change/no-permission", machine.change(fs, "new"));
    assert.match(refusal.message, /What was written before that is taken back as soon as/);
    assert.deepEqual(machine.values, ["new", "old"]);
    // So each change begins, before its preview: one made of the half that was written shows what is not there then.
    await recoverInterruptedChanges(machine.store(machine.disk.fs));
    assert.deepEqual(machine.values, ["old", "old"]);
    await machine.change(machine.disk.fs, "newer");
    assert.deepEqual(machine.values, ["newer", "newer"]);
    assert.equal((await readJournal(machine.store(machine.disk.fs))).length, 1);
  });
});
