// Loaded by Mocha within Windows: takes out the tests that are not meant for it, before any of them runs.
import type { Suite } from "mocha";
import { isMeantForWindows } from "./differences";

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const { parent } = this.test ?? {};
    if (parent) keepMeant(parent);
  },
};

function keepMeant(suite: Suite): void {
  suite.tests = suite.tests.filter((test) =>
    isMeantForWindows(test.fullTitle(), (test.file ?? "").replaceAll("\\", "/")),
  );
  suite.suites.forEach(keepMeant);
}
