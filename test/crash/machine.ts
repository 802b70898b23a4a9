import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { withChangeLock } from "../../src/changes/disk/changeLock";
import type { ChangeStore } from "../../src/changes/store";
import { readJournal } from "../../src/changes/history/journal/journal";
import { readTextIfAny } from "../../src/changes/disk/readBytes";
import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import { apply, danger, type Scenario, undo } from "./scenarios";

/** Every file, link and empty folder by its path, with permissions and content. */
export type Files = Readonly<Record<string, string>>;

/** A person's files and our store, on a disk or in memory. */
export interface Machine {
  readonly store: ChangeStore;
  readonly home: string;
  list(folder: string): Promise<Files>;
}

/** The home directory before a change and after one in which nothing went wrong. */
export interface Ends {
  readonly before: Files;
  readonly after: Files;
}

/** A clock of which no two looks are the same. */
export function clock(): () => Date {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++));
}

/** A fault that the process lived through is dealt with at once: nothing is left for the next start. */
export async function expectEnd(machine: Machine, ends: Ends, end: "made" | "refused"): Promise<void> {
  const expected = end === "made" ? ends.after : ends.before;
  assert.deepEqual(await machine.list(machine.home), expected, end);
  await recoverInterruptedChanges(machine.store);
  assert.deepEqual(await machine.list(machine.home), expected, `${end}, after the next start`);
}

/** After a crash Codex may be started before we are; our own start then puts everything in order. */
export async function expectRepair(machine: Machine, ends: Ends, scenario: Scenario): Promise<void> {
  await expectSafe(machine);
  await recoverInterruptedChanges(machine.store);
  await expectWhole(machine, ends);
  // The change can be made unless it has been, and undone.
  const { store, home } = machine;
  if (isDeepStrictEqual(await machine.list(home), ends.before)) await apply(store, home, scenario.plan);
  assert.deepEqual(await machine.list(home), ends.after, "made");
  await apply(store, home, undo);
  assert.deepEqual(await machine.list(home), ends.before, "undone");
  await expectTidyStore(machine);
}

export async function expectSafe({ store, home }: Machine): Promise<void> {
  const read = (name: string) => readTextIfAny(store.fs, `${home}/.codex/${name}`, 5_000_000);
  assert.equal(danger(await read("auth.json"), await read("config.toml")), undefined);
}

/** All files are old or all are new, and nothing else is in the home directory. */
export async function expectWhole(machine: Machine, { before, after }: Ends): Promise<void> {
  const files = await machine.list(machine.home);
  assert.deepEqual(files, isDeepStrictEqual(files, after) ? after : before);
}

/** No lock file, nothing half written, no backup without its change. */
export async function expectTidyStore(machine: Machine): Promise<void> {
  const { store } = machine;
  await withChangeLock(store, () => Promise.resolve());
  const journal = await readJournal(store);
  assert.ok(journal.every(({ state }) => state === "done"));
  const backups = journal.flatMap(({ files }) => files.flatMap(({ backup }) => backup ?? []));
  const expected = [`${store.directory}/journal.json`, `${store.directory}/locks`, ...backups];
  assert.deepEqual(Object.keys(await machine.list(store.directory)).sort(), expected.sort());
}
