import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import type { MemoryFileSystem } from "../unit/changes/memoryFileSystem";
import { FaultyFileSystem } from "./faultyFileSystem";
import { expectSafe, expectWhole, type Machine } from "./machine";
import { crashed, everyTime, type Left, losePower, machineOn, rehearse, type Rehearsal } from "./rehearsal";
import { SCENARIOS } from "./scenarios";

// Beside everyOperation.test.ts, so that the two run at the same time: this takes longer than all of that.
for (const scenario of SCENARIOS) {
  describe(`every operation while ${scenario.name}`, function () {
    this.timeout(600_000);
    let rehearsal: Rehearsal;
    before(async () => (rehearsal = await rehearse(scenario)));

    for (const left of ["everything", "nothing"] as const) {
      it(`may be followed by a crash that leaves ${left}, and a second one in the repair`, () =>
        everyTime(rehearsal, async (disk, at) => {
          await crashed(scenario, disk, at, left);
          for await (const machine of crashesInRepair(disk, left)) {
            await expectSafe(machine);
            await recoverInterruptedChanges(machine.store);
            await expectWhole(machine, rehearsal);
          }
        }));
    }
  });
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
