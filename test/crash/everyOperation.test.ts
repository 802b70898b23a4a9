import assert from "node:assert/strict";
import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import { CRASHES, everyCrash } from "./crashes";
import { CHANGING, type Fault, TAKING_SPACE } from "./faultyFileSystem";
import { expectEnd, expectRepair, expectSafe } from "./machine";
import { change, everyTime, machineOn, rehearse, type Rehearsal } from "./rehearsal";
import { SCENARIOS } from "./scenarios";

const CONFIG = "/home/user/.codex/config.toml";
const ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS"];

for (const scenario of SCENARIOS) {
  describe(`every operation while ${scenario.name}`, function () {
    this.timeout(600_000);
    let rehearsal: Rehearsal;
    before(async () => (rehearsal = await rehearse(scenario)));

    const survives = (fault: (at: number) => Fault, kinds?: ReadonlySet<string>) =>
      everyTime(
        rehearsal,
        async (disk, at) => {
          const end = await change(scenario, disk, fault(at));
          await expectEnd(machineOn(disk), rehearsal, end);
        },
        kinds,
      );

    for (const code of ERRORS)
      it(`may fail with ${code}`, () => survives((at) => ({ kind: "error", at, code })));

    it("may fail after it was done", () => survives((at) => ({ kind: "late error", at, code: "EIO" })));

    it("may find the disk full from then on", () =>
      survives((at) => ({ kind: "disk full", at }), TAKING_SPACE));

    it("may find the disk read-only from then on: the next start repairs", () =>
      everyTime(
        rehearsal,
        async (disk, at) => {
          await change(scenario, disk, { kind: "read-only", at });
          await expectRepair(machineOn(disk), rehearsal, scenario);
        },
        CHANGING,
      ));

    for (const left of CRASHES) {
      it(`may be followed by a crash that leaves ${left}: the next start repairs`, () =>
        everyCrash(scenario, rehearsal, left, (disk) => expectRepair(machineOn(disk), rehearsal, scenario)));
    }

    it("may be followed by a crash, and Codex writing its file before the repair", () =>
      everyCrash(scenario, rehearsal, "everything", async (disk) => {
        const machine = machineOn(disk);
        const trust = '\n[projects."/new"]\ntrust_level = "trusted"\n';
        disk.write(CONFIG, `${disk.read(CONFIG) ?? ""}${trust}`);
        await recoverInterruptedChanges(machine.store);
        await expectSafe(machine);
        assert.ok(disk.read(CONFIG)?.includes(trust));
      }));
  });
}
