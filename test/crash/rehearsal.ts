import assert from "node:assert/strict";
import { Refusal } from "../../src/changes/refusal";
import type { FileSystem } from "../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../unit/changes/memoryFileSystem";
import { type Fault, FaultyFileSystem } from "./faultyFileSystem";
import { clock, type Ends, type Machine } from "./machine";
import { apply, type Scenario } from "./scenarios";

const HOME = "/home/user";

/** A change in which nothing went wrong, and where it began. */
export interface Rehearsal extends Ends {
  readonly start: MemoryFileSystem;
  readonly operations: readonly string[];
}

const now = clock();

/** @param fs the disk's own, or one with a fault */
export function machineOn(disk: MemoryFileSystem, fs: FileSystem = disk.fs): Machine {
  const store = { fs, directory: "/data/store", now };
  return { store, home: HOME, list: (folder) => Promise.resolve(disk.list(folder)) };
}

export async function rehearse(scenario: Scenario): Promise<Rehearsal> {
  const start = new MemoryFileSystem();
  start.write(`${HOME}/.profile`, "");
  for (const { path, content, mode, linkedFrom } of scenario.files) {
    start.write(`${HOME}/${path}`, content, mode);
    if (linkedFrom) start.link(`${HOME}/${linkedFrom}`, `${HOME}/${path}`);
  }
  for (const plan of scenario.earlier) await apply(machineOn(start).store, HOME, plan);
  const disk = start.copy();
  const faulty = new FaultyFileSystem(disk.fs);
  await apply(machineOn(disk, faulty.fs).store, HOME, scenario.plan);
  const ends = { before: start.list(HOME), after: disk.list(HOME) };
  assert.notDeepEqual(ends.before, ends.after);
  return { start, ...ends, operations: faulty.operations };
}

/**
 * Tries a change with something going wrong at each of its operations.
 * @param work gets a copy of the machine for each operation, counted from 1, and one beyond the last
 * @param kinds only these are tried: what goes wrong from then on first goes wrong in one of them
 */
export async function everyTime(
  { operations, start }: Rehearsal,
  work: (disk: MemoryFileSystem, at: number) => Promise<void>,
  kinds?: ReadonlySet<string>,
): Promise<void> {
  for (let at = 1; at <= operations.length + 1; at++) {
    const operation = operations[at - 1];
    if (operation && kinds && !kinds.has(operation.split(" ")[0]!)) continue;
    await naming(`at operation ${at}, ${operation ?? "after the last"}`, () => work(start.copy(), at));
  }
}

/** @returns how it ended, as far as the change itself could tell */
export async function change(
  scenario: Scenario,
  disk: MemoryFileSystem,
  fault: Fault,
): Promise<"made" | "refused"> {
  const { fs } = new FaultyFileSystem(disk.fs, fault);
  try {
    await apply(machineOn(disk, fs).store, HOME, scenario.plan);
    return "made";
  } catch (error) {
    // Whoever plans reads as well, and sees the fault as it is.
    assert.ok(error instanceof Refusal || String(error).endsWith("made by a test"), String(error));
    return "refused";
  }
}

/** Says of an error where it came up. */
export async function naming(where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`${where}: ${String(error)}`, { cause: error });
  }
}
