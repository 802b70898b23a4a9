import assert from "node:assert/strict";
import { Refusal } from "../../src/changes/refusal";
import type { FileSystem } from "../../src/changes/disk/userFile";
import { MemoryFileSystem } from "../unit/changes/memoryFileSystem";
import { type Fault, FaultyFileSystem } from "./faultyFileSystem";
import { clock, type Ends, type Machine } from "./machine";
import { apply, type Scenario } from "./scenarios";

const HOME = "/home/user";

/** What is left of the latest work when the process is killed, or the power fails. */
export const CRASHES = ["everything", "nothing", "names", "new names"] as const;
export type Left = (typeof CRASHES)[number];

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
 */
export async function everyTime(
  { operations, start }: Rehearsal,
  work: (disk: MemoryFileSystem, at: number) => Promise<void>,
): Promise<void> {
  for (let at = 1; at <= operations.length + 1; at++) {
    try {
      await work(start.copy(), at);
    } catch (error) {
      const where = `at operation ${at}, ${operations[at - 1] ?? "after the last"}`;
      throw new Error(`${where}: ${String(error)}`, { cause: error });
    }
  }
}

/** @returns the machine as it is found afterwards, with nothing repaired yet */
export async function crashed(
  scenario: Scenario,
  disk: MemoryFileSystem,
  at: number,
  left: Left,
): Promise<Machine> {
  await change(scenario, disk, { kind: "kill", at });
  losePower(disk, left);
  return machineOn(disk);
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

export function losePower(disk: MemoryFileSystem, left: Left): void {
  if (left !== "everything") disk.losePower(left);
}
