import { useLaboratory } from "./laboratory";
import { MAIN_SCENARIOS } from "./scenarios";

describe("every system call", function () {
  this.timeout(300_000);
  const laboratory = useLaboratory();

  for (const scenario of MAIN_SCENARIOS) {
    it(`may be the last before the process is killed while ${scenario.name}`, async () => {
      const experiment = await laboratory().prepare(scenario);
      await experiment.everyCall(() => "signal=KILL");
    });
  }
});
