import assert from "node:assert/strict";
import fc from "fast-check";
import { PROPERTIES } from "./properties";

const RUNS = Number(process.env.FUZZ_RUNS ?? 1000);
/** The same documents on every run, because a landing must not depend on luck; `npm run fuzz` looks for new ones. */
const SEED = 20261123;

describe("properties of every edit", function () {
  this.timeout(600_000);

  const builtIns = [Object.prototype, Object, Array.prototype].map((one) => Object.getOwnPropertyNames(one));

  for (const [name, property] of PROPERTIES) {
    it(name, async () => {
      await fc.assert(property, { numRuns: RUNS, seed: SEED, verbose: fc.VerbosityLevel.None });
    });
  }

  it("no document changes the built-in objects", () => {
    const now = [Object.prototype, Object, Array.prototype].map((one) => Object.getOwnPropertyNames(one));
    assert.deepEqual(now, builtIns);
  });
});
