// `npm test`: every check there is. The last line is `N passed, N failed`.
//   --only lint,format,types,unit,crash,programs,package,editor,lowest,hostile,windows,e2e   run parts
//   --except e2e,crash   run all but these
//   --grep TEXT   only tests whose title holds the text (unit, crash, programs, hostile, windows, e2e)
// Made for two cores: a part keeps both at work by itself, or has others beside it.
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { runEditorSuite } from "./editorSuite";
import { ARTIFACTS, ROOT } from "./paths";
import { run } from "./run";
import { DidNotRun, runInWindows } from "../windows/part";

interface TestResult {
  readonly title: string;
  readonly error?: string;
}

const { values: options } = parseArgs({
  options: { only: { type: "string" }, except: { type: "string" }, grep: { type: "string" } },
});

/** Two files of tests at a time, in processes of their own; Mocha's own number is one less than there are cores. */
const SIDE_BY_SIDE = ["--parallel", "--jobs", "2"];

const PARTS: Readonly<Record<string, () => Promise<readonly TestResult[]>>> = {
  lint: () => npmScript("lint"),
  format: () => npmScript("format:check"),
  types: () => npmScript("types"),
  unit: () => mocha("unit", ["test/unit/**/*.test.ts"], SIDE_BY_SIDE),
  programs: () => mocha("programs", longestFirst("programs", "network", "fixes", "acceptance"), SIDE_BY_SIDE),
  crash: () =>
    mocha(
      "crash",
      longestFirst("crash", "everySystemCall", "everySystemCallOfBoth", "manyWriters"),
      SIDE_BY_SIDE,
    ),
  package: async () => [
    ...(await npmScript("package")),
    ...(await mocha("package", ["test/package/**/*.test.ts"])),
    ...(await node("esbuild.mjs", "--tests")),
  ],
  editor: async () => {
    const halves = ["first", "second"] as const;
    // Both to their end, whatever becomes of the other.
    const ends = await Promise.allSettled(halves.map((half) => runEditorSuite("vscode", half)));
    return ends.flatMap((end, index) =>
      end.status === "fulfilled"
        ? end.value.tests
        : [{ title: `editor, ${halves[index] ?? ""} half`, error: String(end.reason) }],
    );
  },
  lowest: async () => (await runEditorSuite("vscode-lowest", "smoke")).tests,
  windows: async () => [
    ...(await runInWindows(options.grep)).flatMap((name) => resultsIn(name)),
    ...(await mocha("windows-vscode", ["test/windows/*.test.ts"])),
  ],
  e2e: () =>
    mocha("e2e", longestFirst("e2e", "languages", "severalKeys", "agreement", "setUp"), SIDE_BY_SIDE),
  hostile: () => mocha("hostile", ["test/hostile/**/*.test.ts"]),
};

/** The parts in their order; those of a row run at the same time. `package` makes what all after it test. */
const ROWS: readonly (readonly string[])[] = [
  ["lint", "format", "types"],
  ["unit"],
  ["programs"],
  ["crash"],
  ["package"],
  ["editor"],
  ["lowest", "hostile"],
  ["windows"],
  ["e2e"],
];

/** Parts that this machine cannot run, and why. */
const didNotRun: string[] = [];

await main();

async function main(): Promise<void> {
  fs.mkdirSync(ARTIFACTS, { recursive: true });
  const except = options.except?.split(",") ?? [];
  const wanted = [...(options.only?.split(",") ?? ROWS.flat()), ...except];
  // A part that nobody knows is a row of its own, and fails there.
  const unknown = wanted.filter((name) => !ROWS.flat().includes(name));
  let passed = 0;
  let failed = 0;
  for (const row of [...ROWS, unknown]) {
    const names = row.filter((name) => wanted.includes(name) && !(except.includes(name) && isPart(name)));
    if (names.length > 0) console.log(`== ${names.join(", ")}`);
    await Promise.all(
      names.map(async (name) => {
        const results = await reportPart(name);
        const failures = results.filter(({ error }) => error !== undefined).length;
        passed += results.length - failures;
        failed += failures;
      }),
    );
  }
  const left = [...except.filter(isPart).map((name) => `${name} (--except)`), ...didNotRun];
  if (wanted.includes("unit")) await sayLanguages();
  if (left.length > 0) console.log(`Did not run, and not counted: ${left.join("; ")}`);
  if (failed > 0) console.log(`Screenshots and logs: ${path.relative(ROOT, ARTIFACTS)}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** The share of the texts that each language says in its own words. */
async function sayLanguages(): Promise<void> {
  const { shareOf } = await import("../l10n/checks");
  const { wholeLanguages } = await import("../l10n/languages");
  console.log(
    `Languages: ${wholeLanguages()
      .map((language) => `${language} ${shareOf(language)} %`)
      .join(", ")}`,
  );
}

function isPart(name: string): boolean {
  return ROWS.flat().includes(name);
}

/** Runs a part and then prints all that is to be said of it, so that two parts do not talk at once. */
async function reportPart(name: string): Promise<readonly TestResult[]> {
  const started = Date.now();
  const results = await runPart(name);
  if (results instanceof DidNotRun) {
    console.log(`   ${name}: did not run, because ${results.message}`);
    didNotRun.push(`${name} (${results.message})`);
    return [];
  }
  const failures = results.filter(({ error }) => error !== undefined);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  for (const { title, error } of failures) console.log(`FAIL ${title}\n${error}\n`);
  const passes = results.length - failures.length;
  console.log(`   ${name}: ${passes} passed, ${failures.length} failed in ${seconds} s`);
  return results;
}

async function runPart(name: string): Promise<readonly TestResult[] | DidNotRun> {
  const part = PARTS[name];
  if (!part) return [{ title: name, error: `unknown part; there are ${Object.keys(PARTS).join(", ")}` }];
  try {
    return await part();
  } catch (error) {
    if (error instanceof DidNotRun) return error;
    return [{ title: name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}

async function npmScript(script: string): Promise<TestResult[]> {
  const { code, stdout, stderr } = await run("npm", ["run", "--silent", script], { cwd: ROOT });
  return [code === 0 ? { title: script } : { title: script, error: stdout + stderr }];
}

async function node(...args: string[]): Promise<TestResult[]> {
  const title = args.join(" ");
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
  return [code === 0 ? { title } : { title, error: stdout + stderr }];
}

interface MochaTest {
  readonly fullTitle: string;
  readonly err: { readonly stack?: string; readonly message?: string };
}

interface MochaReport {
  readonly passes: readonly MochaTest[];
  /** Hooks that failed are here too, and not among the tests. */
  readonly failures: readonly MochaTest[];
  readonly stats: { readonly pending: number };
}

/** A long file that begins last keeps one core waiting for the other. */
function longestFirst(folder: string, ...names: readonly string[]): string[] {
  return [
    ...names.map((name) => `test/${folder}/${name}.test.ts`),
    `test/${folder}/**/!(${names.join("|")}).test.ts`,
  ];
}

async function mocha(
  name: string,
  files: readonly string[],
  more: readonly string[] = [],
): Promise<TestResult[]> {
  const report = path.join(ARTIFACTS, `${name}.json`);
  fs.rmSync(report, { force: true });
  const grep = options.grep === undefined ? [] : ["--fgrep", options.grep];
  const reporter = ["--reporter", "json", "--reporter-option", `output=${report}`];
  // Mocha's own 2 s are a measure of the machine, not of the code.
  const limits = ["--exit", "--timeout", "60000"];
  const args = [
    "--import",
    "tsx",
    "node_modules/mocha/bin/mocha.js",
    ...files,
    ...limits,
    ...reporter,
    ...grep,
    ...more,
  ];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
  if (!fs.existsSync(report)) throw new Error(`mocha ended with ${code} and no report\n${stdout}\n${stderr}`);
  return resultsIn(name);
}

/** What Mocha's report of this name says. */
function resultsIn(name: string): TestResult[] {
  const report = path.join(ARTIFACTS, `${name}.json`);
  const { passes, failures, stats } = JSON.parse(fs.readFileSync(report, "utf8")) as MochaReport;
  const results: TestResult[] = [
    ...passes.map(({ fullTitle }) => ({ title: fullTitle })),
    ...failures.map(({ fullTitle, err }) => ({
      title: fullTitle,
      error: err.stack ?? err.message ?? "failed",
    })),
  ];
  if (stats.pending > 0)
    results.push({ title: `${name}: skipped tests`, error: `${stats.pending} tests were skipped` });
  // A title that is looked for stands in one of several reports.
  if (results.length === 0 && options.grep === undefined)
    results.push({ title: name, error: "no test was executed" });
  return results;
}
