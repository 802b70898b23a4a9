// The program that is killed, bundled like the extension: HOME STORE SCENARIO
// Ends with 0 when the change was made and with 3 when it was refused.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { Refusal } from "../../src/changes/refusal";
import { apply, SCENARIOS } from "./scenarios";

const [home = "", directory = "", name] = process.argv.slice(2);
const scenario = SCENARIOS.find((one) => one.name === name);
if (!scenario) throw new Error(`No scenario ${name}`);
await warmUp(path.join(path.dirname(home), "..", "warm-up"));
try {
  await apply({ fs, directory, now: () => new Date() }, home, scenario.plan);
} catch (error) {
  // Whoever plans reads as well, and sees what the system answered.
  const isAnswer = error instanceof Refusal || (error instanceof Error && "syscall" in error);
  if (!isAnswer) throw error;
  process.exitCode = 3;
}

/**
 * strace counts the calls of each thread by itself and hits every thread at the same number. So the one that
 * does the file operations gets ahead of the others, which have opened and written a few files by now.
 */
async function warmUp(file: string): Promise<void> {
  for (let call = 0; call < 60; call++) {
    const handle = await fs.open(file, "w");
    await handle.writeFile("x");
    await handle.close();
  }
}
