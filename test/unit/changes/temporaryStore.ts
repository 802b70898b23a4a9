import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { applyChange, applyChanges } from "../../../src/changes/apply";
import type { ChangePlan, EditedFile, FileChange } from "../../../src/changes/plan";
import type { ChangeStore, JournalEntry } from "../../../src/changes/store";
import { readJournal } from "../../../src/changes/history/journal/journal";
import type { ConfigValue, KeyEdit } from "../../../src/changes/document/edits/keyEdit";
import { prepareChange, prepareChanges } from "../../../src/changes/prepare";
import { Refusal, type RefusalCode } from "../../../src/changes/refusal";
import { planUndo } from "../../../src/changes/history/undoChange";
import type { FileSystem } from "../../../src/changes/disk/userFile";

/** Made at run time, so that no file of the project holds anything that looks like a key. */
export const API_KEY = "sk-" + "ab12".repeat(16);

export const set = (dotted: string, value: ConfigValue): KeyEdit => ({
  kind: "set",
  path: dotted.split("."),
  value,
});
export const setSecret = (dotted: string, value: string): KeyEdit => ({
  kind: "set",
  path: dotted.split("."),
  value,
  secret: true,
});
export const remove = (dotted: string): KeyEdit => ({ kind: "remove", path: dotted.split(".") });

/** Users' files and a change store of their own, below a new directory of the real file system. */
export class TemporaryStore {
  /** Replaced by tests that let an operation fail. */
  fs: FileSystem = fs;
  private seconds = 0;

  private constructor(readonly root: string) {}

  static async make(): Promise<TemporaryStore> {
    // Behind symbolic links, as the paths that the pipeline reports for backups are.
    return new TemporaryStore(await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "changes-"))));
  }

  /** The clock advances by a second with every look at it. */
  get store(): ChangeStore {
    const now = () => new Date(Date.UTC(2026, 0, 1, 0, 0, this.seconds++));
    return { fs: this.fs, directory: this.path("store"), now };
  }

  path(name: string): string {
    return path.join(this.root, name);
  }

  async write(name: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
    await fs.writeFile(this.path(name), content);
    await fs.chmod(this.path(name), mode);
  }

  /** Content of a file; undefined when there is none. */
  read(name: string): Promise<string | undefined> {
    return fs.readFile(this.path(name), "utf8").catch(() => undefined);
  }

  async mode(name: string): Promise<number> {
    return (await fs.stat(this.path(name))).mode & 0o777;
  }

  /** Names of everything beside the store. */
  async names(): Promise<string[]> {
    return (await fs.readdir(this.root)).filter((name) => name !== "store").sort();
  }

  journal(): Promise<readonly JournalEntry[]> {
    return readJournal(this.store);
  }

  toml(name: string, ...edits: readonly KeyEdit[]): EditedFile {
    return { kind: "edit", path: this.path(name), format: "toml", edits, credential: false };
  }

  json(name: string, ...edits: readonly KeyEdit[]): EditedFile {
    return { kind: "edit", path: this.path(name), format: "json", edits, credential: false };
  }

  /** Previews and applies. */
  async apply(...files: readonly FileChange[]): Promise<JournalEntry | undefined> {
    return this.applyPlan(() => Promise.resolve(planOf(files)));
  }

  async applyPlan(makePlan: () => Promise<ChangePlan>): Promise<JournalEntry | undefined> {
    return applyChange(this.store, makePlan, await prepareChange(this.fs, await makePlan()));
  }

  /** Previews and applies plans of one question. */
  async applyPlans(...plans: readonly ChangePlan[]): Promise<readonly JournalEntry[]> {
    return applyChanges(this.store, () => Promise.resolve(plans), await prepareChanges(this.fs, plans));
  }

  /** Undoes a change. @returns its entry and the notices of the plan */
  async undo(entry: JournalEntry | undefined): Promise<{ entry: JournalEntry; notices: readonly string[] }> {
    assert.ok(entry);
    const { notices } = await planUndo(this.store, entry);
    const undone = await this.applyPlan(() => planUndo(this.store, entry));
    assert.ok(undone);
    return { entry: undone, notices };
  }

  async remove(): Promise<void> {
    await fs.rm(this.root, { recursive: true, force: true });
  }
}

export function planOf(files: readonly FileChange[]): ChangePlan {
  return { title: "Change", files, notices: [] };
}

/** Fails the test unless the work is refused with this code; the refusal itself otherwise. */
export async function refusalOf(code: RefusalCode, work: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refusal, `refused with ${code}, not ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}

/** An error of the operating system, as node:fs throws it. */
export function systemError(code: string): Error {
  const { stackTraceLimit } = Error;
  // Most are caught at once and made by the thousand; what costs time is the stack.
  Error.stackTraceLimit = 0;
  const error = new Error(`${code}: made by a test`);
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(error, { code });
}
