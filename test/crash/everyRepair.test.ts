import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import { CRASHES, crashesIn, everyCrash } from "./crashes";
import { expectSafe, expectWhole, type Machine } from "./machine";
import { machineOn, naming, rehearse, type Rehearsal } from "./rehearsal";
import { SCENARIOS } from "./scenarios";

for (const scenario of SCENARIOS) {
  describe(`every operation while ${scenario.name}`, function () {
    this.timeout(600_000);
    let rehearsal: Rehearsal;
    before(async () => (rehearsal = await rehearse(scenario)));

    for (const left of CRASHES) {
      it(`may be followed by a crash that leaves ${left}, and a second one in the repair`, () =>
        everyCrash(scenario, rehearsal, left, async (broken) => {
          const repair = ({ store }: Machine) => recoverInterruptedChanges(store);
          for (const { disk, next } of await crashesIn(broken, left, repair)) {
            await naming(`a second one before ${next}`, async () => {
              const machine = machineOn(disk);
              await expectSafe(machine);
              await recoverInterruptedChanges(machine.store);
              await expectWhole(machine, rehearsal);
            });
          }
        }));
    }
  });
}
