import * as vm from "node:vm";

const NAME = "tokenPoolHostileCase";

/**
 * Runs what must not take long, and stops it after ten seconds even where it never comes up for air: a test
 * runner's own limit cannot interrupt a loop.
 */
export function withinTenSeconds<T>(run: () => T): T {
  Reflect.set(globalThis, NAME, run);
  try {
    return vm.runInThisContext(`${NAME}()`, { timeout: 10_000 }) as T;
  } finally {
    Reflect.deleteProperty(globalThis, NAME);
  }
}
