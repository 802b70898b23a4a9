import { useLaboratory } from "./laboratory";
import { MAIN_SCENARIOS } from "./scenarios";

/** What a disk may well answer; EIO to all others. */
const ERRORS: Readonly<Record<string, string>> = {
  openat: "EACCES",
  write: "ENOSPC",
  mkdir: "EDQUOT",
  rename: "EROFS",
};

// A file of its own: it runs beside the one whose every system call is the last.
describe("every system call", function () {
  this.timeout(300_000);
  const laboratory = useLaboratory();

  // The file system in memory has every error in every change; this one shows that it is like a real one.
  for (const scenario of MAIN_SCENARIOS.slice(0, 1)) {
    it(`may fail while ${scenario.name}`, async () => {
      const experiment = await laboratory().prepare(scenario);
      await experiment.everyCall(({ name }) => `error=${ERRORS[name] ?? "EIO"}`);
    });
  }
});
