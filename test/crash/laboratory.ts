import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { build } from "esbuild";
import { ROOT } from "../harness/paths";
import { ensureDebianPackages } from "../harness/systemPackages";
import { Disk } from "./disk";
import { type Ends, expectEnd, expectRepair } from "./machine";
import type { Scenario } from "./scenarios";
import { type Injection, type SystemCall, trace, type TracedRun, TwoThreadsAtWork } from "./systemCalls";

/** Bundled CommonJS packages still call require() for Node's own modules. */
const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Each takes a third of a second; on a busy machine one in ten hits. */
const TRIES = 100;

/** Opens one before the tests of a `describe` and closes it behind them. */
export function useLaboratory(): () => Laboratory {
  let laboratory: Laboratory;
  before(async () => {
    laboratory = await Laboratory.open();
  });
  after(() => laboratory.close());
  return () => laboratory;
}

/** Tests that kill the program before each of its calls. Scenarios of two files of tests run side by side. */
export function describeLastCalls(scenarios: readonly Scenario[]): void {
  describe("every system call", function () {
    this.timeout(300_000);
    const laboratory = useLaboratory();

    for (const scenario of scenarios) {
      it(`may be the last before the process is killed while ${scenario.name}`, async () => {
        const experiment = await laboratory().prepare(scenario);
        await experiment.everyCall(() => "signal=KILL");
      });
    }
  });
}

/** A folder with the compiled writer, for the experiments of one file of tests. */
class Laboratory {
  private readonly writer: string;

  private constructor(private readonly folder: string) {
    this.writer = path.join(folder, "writer.mjs");
  }

  static async open(): Promise<Laboratory> {
    await ensureDebianPackages({ strace: "strace" });
    const folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "crash-")));
    const laboratory = new Laboratory(folder);
    await build({
      absWorkingDir: ROOT,
      entryPoints: ["test/crash/writer.ts"],
      outfile: laboratory.writer,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      mainFields: ["module", "main"],
      banner: { js: REQUIRE },
    });
    return laboratory;
  }

  async prepare(scenario: Scenario): Promise<Experiment> {
    const folder = await fs.mkdtemp(path.join(this.folder, "disk-"));
    return Experiment.prepare(folder, this.writer, scenario);
  }

  close(): Promise<void> {
    return fs.rm(this.folder, { recursive: true, force: true });
  }
}

/** One change of a compiled program on a real disk, made again and again. */
class Experiment {
  private constructor(
    private readonly disk: Disk,
    private readonly writer: string,
    private readonly scenario: Scenario,
    private readonly ends: Ends,
    private readonly calls: readonly SystemCall[],
  ) {}

  static async prepare(folder: string, writer: string, scenario: Scenario): Promise<Experiment> {
    const disk = await Disk.prepare(folder, scenario);
    await disk.reset();
    const before = await disk.list(disk.home);
    const { code, output, calls } = await trace(argumentsOf(writer, disk, scenario), disk.root, logOf(disk));
    assert.equal(code, 0, output);
    assert.ok(
      calls.some(({ name }) => name === "rename"),
      "strace shows what the program does",
    );
    const ends = { before, after: await disk.list(disk.home) };
    return new Experiment(disk, writer, scenario, ends, calls);
  }

  async everyCall(effectOn: (call: SystemCall) => Injection["effect"]): Promise<void> {
    for (const call of this.calls) {
      const effect = effectOn(call);
      try {
        await this.inject({ call, effect });
      } catch (error) {
        const where = `${effect} in ${call.name} ${call.number} ${call.place}`;
        throw new Error(`${where}: ${String(error)}`, { cause: error });
      }
    }
  }

  private async inject(injection: Injection): Promise<void> {
    const { disk, ends, scenario } = this;
    const { code, output } = await this.traceAnew(injection);
    if (injection.effect === "signal=KILL") {
      assert.equal(code, -1, output);
      await expectRepair(disk, ends, scenario);
    } else {
      assert.ok(code === 0 || code === 3, `ended with ${code}: ${output}`);
      await expectEnd(disk, ends, code === 0 ? "made" : "refused");
    }
  }

  /**
   * A run whose hit cannot be told, or that hit another call, shows nothing and is made again: Node's threads wake one
   * another by `write` too, the more often the busier the machine, and strace counts those as well.
   */
  private async traceAnew({ call, effect }: Injection): Promise<TracedRun> {
    const { disk } = this;
    const args = argumentsOf(this.writer, disk, this.scenario);
    const isAlike = ({ name, place }: SystemCall) => name === call.name && place === call.place;
    const occurrence = this.calls.filter(isAlike).indexOf(call);
    const seen: number[] = [call.number];
    for (let triesLeft = TRIES; ; triesLeft--) {
      await disk.reset();
      try {
        const number = mostFrequent(seen);
        const run = await trace(args, disk.root, logOf(disk), { call: { ...call, number }, effect });
        const meant = run.calls.filter(isAlike)[occurrence];
        if (meant?.number === number) return run;
        assert.ok(triesLeft > 0, "the call meant is the call hit");
        // Where it comes to in such a run; one that was hit too early has not come so far.
        seen.push(meant?.number ?? number + 1);
      } catch (error) {
        if (!(error instanceof TwoThreadsAtWork) || triesLeft === 0) throw error;
      }
    }
  }
}

/** The latest of those that were seen most often. */
function mostFrequent(numbers: readonly number[]): number {
  const countOf = (number: number) => numbers.filter((each) => each === number).length;
  return numbers.reduce((best, each) => (countOf(each) >= countOf(best) ? each : best));
}

function argumentsOf(writer: string, disk: Disk, scenario: Scenario): string[] {
  return [writer, disk.home, disk.store.directory, scenario.name];
}

function logOf(disk: Disk): string {
  return `${disk.root}.strace`;
}
