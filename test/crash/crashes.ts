import type { MemoryFileSystem } from "../unit/changes/memoryFileSystem";
import { FaultyFileSystem } from "./faultyFileSystem";
import type { Machine } from "./machine";
import { machineOn, naming, type Rehearsal } from "./rehearsal";
import { apply, type Scenario } from "./scenarios";

/** What is left of the latest work when the process is killed, or the power fails. */
export const CRASHES = ["everything", "nothing", "names", "new names"] as const;
type Left = (typeof CRASHES)[number];

/** Tries what comes after a crash at each operation of a change, as the machine is found then, with nothing repaired yet. */
export async function everyCrash(
  scenario: Scenario,
  { start }: Rehearsal,
  left: Left,
  work: (disk: MemoryFileSystem) => Promise<void>,
): Promise<void> {
  const change = ({ store, home }: Machine) => apply(store, home, scenario.plan);
  for (const { disk, next } of await crashesIn(start, left, change))
    await naming(`a crash before ${next}`, () => work(disk));
}

interface Crash {
  readonly disk: MemoryFileSystem;
  /** The first operation that was not done. */
  readonly next: string;
}

/**
 * Every disk that a crash in this work can leave, by looking at it before each operation and after the last. A process
 * that is gone does nothing more, so it needs no end of its own for each; and most operations only read or secure,
 * before which and after which a crash leaves the same.
 * @param start is not changed
 */
export async function crashesIn(
  start: MemoryFileSystem,
  left: Left,
  work: (machine: Machine) => Promise<unknown>,
): Promise<Crash[]> {
  const crashes = new Map<string, Crash>();
  const running = start.copy();
  const look = (next: string) => {
    const disk = running.copy();
    if (left !== "everything") disk.losePower(left);
    const files = JSON.stringify(disk.list("/"));
    if (!crashes.has(files)) crashes.set(files, { disk, next });
  };
  await work(machineOn(running, new FaultyFileSystem(running.fs, undefined, look).fs));
  look("nothing: it was the last");
  return [...crashes.values()];
}
