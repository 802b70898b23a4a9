import assert from "node:assert/strict";
import { Refusal } from "../../src/changes/refusal";
import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import type { FileSystem } from "../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../unit/changes/memoryFileSystem";
import { type Fault, FaultyFileSystem } from "./faultyFileSystem";
import { clock, type Ends, expectEnd, expectRepair, expectSafe, expectWhole, type Machine } from "./machine";
import { apply, type Scenario, SCENARIOS } from "./scenarios";

const HOME = "/home/user";
const CONFIG = `${HOME}/.codex/config.toml`;
const ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS"];

/** What is left of the latest work when the process is killed, or the power fails. */
const CRASHES = ["everything", "nothing", "names", "new names"] as const;
type Left = (typeof CRASHES)[number];

interface Rehearsal extends Ends {
  readonly start: MemoryFileSystem;
  readonly operations: readonly string[];
}

const now = clock();

/** @param fs the disk's own, or one with a fault */
function machineOn(disk: MemoryFileSystem, fs: FileSystem = disk.fs): Machine {
  const store = { fs, directory: "/data/store", now };
  return { store, home: HOME, list: (folder) => Promise.resolve(disk.list(folder)) };
}

async function rehearse(scenario: Scenario): Promise<Rehearsal> {
  const start = new MemoryFileSystem();
  start.write(`${HOME}/.profile`, "");
  for (const { path, content, mode, linkedFrom } of scenario.files) {
    start.write(`${HOME}/${path}`, content, mode);
    if (linkedFrom) start.link(`${HOME}/${linkedFrom}`, `${HOME}/${path}`);
  }
  for (const plan of scenario.earlier) await apply(machineOn(start).store, HOME, plan);
  const disk = start.copy();
  const faulty = new FaultyFileSystem(disk.fs);
  await apply(machineOn(disk, faulty.fs).store, HOME, scenario.plan);
  const ends = { before: start.list(HOME), after: disk.list(HOME) };
  assert.notDeepEqual(ends.before, ends.after);
  return { start, ...ends, operations: faulty.operations };
}

for (const scenario of SCENARIOS) {
  describe(`every operation while ${scenario.name}`, function () {
    this.timeout(120_000);
    let rehearsal: Rehearsal;
    before(async () => (rehearsal = await rehearse(scenario)));

    /** @param work gets a copy of the machine for each operation, counted from 1, and one beyond the last */
    async function everyTime(work: (disk: MemoryFileSystem, at: number) => Promise<void>): Promise<void> {
      const { operations, start } = rehearsal;
      for (let at = 1; at <= operations.length + 1; at++) {
        try {
          await work(start.copy(), at);
        } catch (error) {
          const where = `at operation ${at}, ${operations[at - 1] ?? "after the last"}`;
          throw new Error(`${where}: ${String(error)}`, { cause: error });
        }
      }
    }

    /** @returns the machine as it is found afterwards, with nothing repaired yet */
    async function crashed(disk: MemoryFileSystem, at: number, left: Left): Promise<Machine> {
      await change(scenario, disk, { kind: "kill", at });
      losePower(disk, left);
      return machineOn(disk);
    }

    const survives = (fault: (at: number) => Fault) =>
      everyTime(async (disk, at) => {
        const end = await change(scenario, disk, fault(at));
        await expectEnd(machineOn(disk), rehearsal, end);
      });

    for (const code of ERRORS)
      it(`may fail with ${code}`, () => survives((at) => ({ kind: "error", at, code })));

    it("may fail after it was done", () => survives((at) => ({ kind: "late error", at, code: "EIO" })));

    it("may find the disk full from then on", () => survives((at) => ({ kind: "disk full", at })));

    it("may find the disk read-only from then on: the next start repairs", () =>
      everyTime(async (disk, at) => {
        await change(scenario, disk, { kind: "read-only", at });
        await expectRepair(machineOn(disk), rehearsal, scenario);
      }));

    for (const left of CRASHES) {
      it(`may be followed by a crash that leaves ${left}: the next start repairs`, () =>
        everyTime(async (disk, at) => expectRepair(await crashed(disk, at, left), rehearsal, scenario)));
    }

    for (const left of ["everything", "nothing"] as const) {
      it(`may be followed by a crash that leaves ${left}, and a second one in the repair`, () =>
        everyTime(async (disk, at) => {
          await crashed(disk, at, left);
          for await (const machine of crashesInRepair(disk, left)) {
            await expectSafe(machine);
            await recoverInterruptedChanges(machine.store);
            await expectWhole(machine, rehearsal);
          }
        }));
    }

    it("may be followed by a crash, and Codex writing its file before the repair", () =>
      everyTime(async (disk, at) => {
        const machine = await crashed(disk, at, "everything");
        const trust = '\n[projects."/new"]\ntrust_level = "trusted"\n';
        disk.write(CONFIG, `${disk.read(CONFIG) ?? ""}${trust}`);
        await recoverInterruptedChanges(machine.store);
        await expectSafe(machine);
        assert.ok(disk.read(CONFIG)?.includes(trust));
      }));
  });
}

/** @returns how it ended, as far as the change itself could tell */
async function change(scenario: Scenario, disk: MemoryFileSystem, fault: Fault): Promise<"made" | "refused"> {
  const { fs } = new FaultyFileSystem(disk.fs, fault);
  try {
    await apply(machineOn(disk, fs).store, HOME, scenario.plan);
    return "made";
  } catch (error) {
    // Whoever plans reads as well, and sees the fault as it is.
    assert.ok(error instanceof Refusal || String(error).endsWith("made by a test"), String(error));
    return "refused";
  }
}

function losePower(disk: MemoryFileSystem, left: Left): void {
  if (left !== "everything") disk.losePower(left);
}

/** Every machine that a crash in the repair can leave. */
async function* crashesInRepair(disk: MemoryFileSystem, left: Left): AsyncGenerator<Machine> {
  const undisturbed = disk.copy();
  const { fs, operations } = new FaultyFileSystem(undisturbed.fs);
  await recoverInterruptedChanges(machineOn(undisturbed, fs).store);
  for (let at = 1; at <= operations.length; at++) {
    const again = disk.copy();
    const faulty = new FaultyFileSystem(again.fs, { kind: "kill", at });
    await recoverInterruptedChanges(machineOn(again, faulty.fs).store).catch(() => undefined);
    losePower(again, left);
    yield machineOn(again);
  }
}
