import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { withChangeLock } from "../../src/changes/changeLock";
import type { ChangeStore } from "../../src/changes/changeStore";
import { readJournal } from "../../src/changes/journal";
import { Refusal } from "../../src/changes/refusal";
import { recoverInterruptedChanges } from "../../src/changes/rollBack";
import type { FileSystem } from "../../src/changes/userFile";
import { MemoryFileSystem, type Survival } from "../unit/changes/memoryFileSystem";
import { type Fault, FaultyFileSystem } from "./faultyFileSystem";
import { apply, danger, type Scenario, SCENARIOS, undo } from "./scenarios";

const HOME = "/home/user";
const ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS"];

/** What is left of the latest work when the process is killed, or the power fails. */
const ENDS = ["everything", "nothing", "names", "new names"] as const;

type Files = Record<string, string>;

/** The machine before the change of a scenario; how the change ends when nothing goes wrong. */
interface Rehearsal {
  readonly start: MemoryFileSystem;
  readonly before: Files;
  readonly after: Files;
  readonly operations: readonly string[];
}

let seconds = 0;

function storeOn(fs: FileSystem): ChangeStore {
  return { fs, directory: "/data/store", now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++)) };
}

async function rehearse(scenario: Scenario): Promise<Rehearsal> {
  const start = new MemoryFileSystem();
  start.write(`${HOME}/.profile`, "");
  for (const { path, content, mode, linkedFrom } of scenario.files) {
    start.write(`${HOME}/${path}`, content, mode);
    if (linkedFrom) start.link(`${HOME}/${linkedFrom}`, `${HOME}/${path}`);
  }
  for (const plan of scenario.earlier) await apply(storeOn(start.fs), HOME, plan);
  const disk = start.copy();
  const faulty = new FaultyFileSystem(disk.fs);
  await apply(storeOn(faulty.fs), HOME, scenario.plan);
  const { operations } = faulty;
  return { start, before: start.list(HOME), after: disk.list(HOME), operations };
}

for (const scenario of SCENARIOS) {
  describe(`every operation while ${scenario.name}`, function () {
    this.timeout(120_000);
    let rehearsal: Rehearsal;
    before(async () => {
      rehearsal = await rehearse(scenario);
      assert.notDeepEqual(rehearsal.before, rehearsal.after);
    });

    async function everyTime(work: (at: number) => Promise<void>): Promise<void> {
      const { operations } = rehearsal;
      // One beyond the last: after it.
      for (let at = 1; at <= operations.length + 1; at++) {
        try {
          await work(at);
        } catch (error) {
          const where = `at operation ${at}, ${operations[at - 1] ?? "after the last"}`;
          throw new Error(`${where}: ${String(error)}`, { cause: error });
        }
      }
    }

    for (const code of ERRORS) {
      it(`may fail with ${code}: all files are old or all are new, as it says`, () =>
        everyTime((at) => survivesError(scenario, rehearsal, { kind: "error", at, code })));
    }

    it("may fail after it was done", () =>
      everyTime((at) => survivesError(scenario, rehearsal, { kind: "late error", at, code: "EIO" })));

    it("may find the disk full from then on", () =>
      everyTime((at) => survivesError(scenario, rehearsal, { kind: "disk full", at })));

    it("may find the disk read-only from then on: the next start repairs", () =>
      everyTime(async (at) => {
        const disk = rehearsal.start.copy();
        await outcome(scenario, disk, { kind: "read-only", at });
        await expectRepair(scenario, rehearsal, disk);
      }));

    for (const left of ENDS) {
      it(`may be the last before a crash that leaves ${left}: the next start repairs`, () =>
        everyTime(async (at) => {
          const disk = rehearsal.start.copy();
          await outcome(scenario, disk, { kind: "kill", at });
          crash(disk, left);
          await expectRepair(scenario, rehearsal, disk);
        }));

      it(`may be the last before a crash that leaves ${left}, with a second crash in the repair`, () =>
        everyTime(async (at) => {
          const disk = rehearsal.start.copy();
          await outcome(scenario, disk, { kind: "kill", at });
          crash(disk, left);
          for (const again of await crashesInRepair(disk, left)) expectWhole(rehearsal, again);
        }));
    }
  });
}

/** @returns whether the change was made; anything but a refusal is an error of ours */
async function outcome(
  scenario: Scenario,
  disk: MemoryFileSystem,
  fault: Fault,
): Promise<"made" | "refused"> {
  const { fs } = new FaultyFileSystem(disk.fs, fault);
  try {
    await apply(storeOn(fs), HOME, scenario.plan);
    return "made";
  } catch (error) {
    // Planning reads, too, and whoever plans sees the error as it is.
    const isFault = error instanceof Error && "code" in error && error.message.endsWith("made by a test");
    assert.ok(error instanceof Refusal || isFault, String(error));
    return "refused";
  }
}

/** A single error is dealt with at once; nothing is left for the next start. */
async function survivesError(scenario: Scenario, rehearsal: Rehearsal, fault: Fault): Promise<void> {
  const disk = rehearsal.start.copy();
  const made = (await outcome(scenario, disk, fault)) === "made";
  const expected = made ? rehearsal.after : rehearsal.before;
  assert.deepEqual(disk.list(HOME), expected, made ? "made" : "refused");
  await recoverInterruptedChanges(storeOn(disk.fs));
  assert.deepEqual(disk.list(HOME), expected, "after the next start");
}

function crash(disk: MemoryFileSystem, left: (typeof ENDS)[number]): void {
  if (left !== "everything") disk.losePower(left satisfies Survival);
  expectSafe(disk);
}

/** Codex may be started between the crash and the next start of ours. */
function expectSafe(disk: MemoryFileSystem): void {
  assert.equal(
    danger(disk.read(`${HOME}/.codex/auth.json`), disk.read(`${HOME}/.codex/config.toml`)),
    undefined,
  );
}

/** All old or all new, nothing else in the home directory. */
function expectWhole({ before, after }: Rehearsal, disk: MemoryFileSystem): void {
  const files = disk.list(HOME);
  const isNew = Object.keys(after).every((file) => files[file] === after[file]);
  assert.deepEqual(files, isNew ? after : before);
}

async function expectRepair(scenario: Scenario, rehearsal: Rehearsal, disk: MemoryFileSystem): Promise<void> {
  expectSafe(disk);
  const store = storeOn(disk.fs);
  await recoverInterruptedChanges(store);
  expectWhole(rehearsal, disk);
  if (isDeepStrictEqual(disk.list(HOME), rehearsal.before)) await apply(store, HOME, scenario.plan);
  assert.deepEqual(disk.list(HOME), rehearsal.after, "made again");
  await apply(store, HOME, undo);
  assert.deepEqual(disk.list(HOME), rehearsal.before, "undone");
  await expectTidyStore(store, disk);
}

/** No claim, nothing half written, no backup without its change. */
async function expectTidyStore(store: ChangeStore, disk: MemoryFileSystem): Promise<void> {
  await withChangeLock(store, () => Promise.resolve());
  const journal = await readJournal(store);
  assert.ok(journal.every(({ state }) => state === "done"));
  const backups = journal.flatMap(({ files }) => files.flatMap(({ backup }) => backup ?? []));
  const expected = [`${store.directory}/journal.json`, `${store.directory}/locks`, ...backups];
  assert.deepEqual(Object.keys(disk.list(store.directory)).sort(), expected.sort());
}

/** Every machine that a crash in the repair can leave, after the start that follows. */
async function crashesInRepair(
  disk: MemoryFileSystem,
  left: (typeof ENDS)[number],
): Promise<MemoryFileSystem[]> {
  const rehearsal = new FaultyFileSystem(disk.copy().fs);
  await recoverInterruptedChanges(storeOn(rehearsal.fs));
  const machines: MemoryFileSystem[] = [];
  for (let at = 1; at <= rehearsal.operations.length; at++) {
    const again = disk.copy();
    const { fs } = new FaultyFileSystem(again.fs, { kind: "kill", at });
    await recoverInterruptedChanges(storeOn(fs)).catch(() => undefined);
    crash(again, left);
    await recoverInterruptedChanges(storeOn(again.fs));
    machines.push(again);
  }
  return machines;
}
