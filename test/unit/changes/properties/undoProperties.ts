import assert from "node:assert/strict";
import fc from "fast-check";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangePlan } from "../../../../src/changes/plan";
import type { ChangeStore, JournalEntry } from "../../../../src/changes/store";
import type { KeyEdit } from "../../../../src/changes/document/edits/keyEdit";
import { rawValuesIn } from "../../../../src/changes/document/readDocument";
import { prepareChange } from "../../../../src/changes/prepare";
import { planUndo } from "../../../../src/changes/history/undoChange";
import { documentAndRemoval, documentAndSets, type SetCase } from "./edits";
import { contentAt, type Content, edited, isConflict, isSame, type Language, withoutEmpty } from "./language";
import { MemoryFileSystem } from "../memoryFileSystem";

const FILE = "/home/config";
const BYTE_ORDER_MARK = "\ufeff";

/** A machine with one configuration file. */
class Machine {
  private readonly disk = new MemoryFileSystem();
  private readonly store: ChangeStore = { fs: this.disk.fs, directory: "/store", now: () => new Date(0) };

  constructor(
    private readonly language: Language,
    text: string,
  ) {
    this.text = text;
  }

  get text(): string {
    return this.disk.read(FILE) ?? "";
  }

  set text(text: string) {
    this.disk.write(FILE, text);
  }

  get content(): Content {
    return this.language.read(withoutMark(this.text));
  }

  change(edits: readonly KeyEdit[]): Promise<JournalEntry | undefined> {
    const { format } = this.language;
    const files = [{ kind: "edit", path: FILE, format, edits, credential: false }] as const;
    return this.apply(() => Promise.resolve({ title: "Change", files, notices: [] }));
  }

  /** @returns the entry of the undo and what it left alone */
  async undo(entry: JournalEntry) {
    const { notices } = await planUndo(this.store, entry);
    return { notices, entry: await this.apply(() => planUndo(this.store, entry)) };
  }

  private async apply(makePlan: () => Promise<ChangePlan>) {
    return applyChange(this.store, makePlan, await prepareChange(this.store.fs, await makePlan()));
  }
}

function withoutMark(text: string): string {
  return text.replace(BYTE_ORDER_MARK, "");
}

/** A document, perhaps with a byte order mark, and edits that it takes. */
function cases(language: Language): fc.Arbitrary<SetCase> {
  const mark = fc.constantFrom("", "", BYTE_ORDER_MARK);
  return fc.tuple(mark, documentAndSets(language, 4)).map(([start, { text, edits }]) => {
    let content = language.read(text);
    const possible = edits.filter((edit) => {
      if (isConflict(language, content, edit.path) || contentAt(content, edit.path) instanceof Map)
        return false;
      content = edited(content, [edit]);
      return true;
    });
    return { text: start + text, edits: possible };
  });
}

/** Nobody wrote the file since: back to the very bytes, forward to the very bytes. */
export function undoIsByteExact(language: Language) {
  return fc.asyncProperty(cases(language), async ({ text, edits }) => {
    const machine = new Machine(language, text);
    const entry = await machine.change(edits);
    if (!entry) return;
    const after = machine.text;
    const undone = await machine.undo(entry);
    assert.equal(machine.text, text);
    assert.deepEqual(undone.notices, []);
    assert.ok(undone.entry);
    await machine.undo(undone.entry);
    assert.equal(machine.text, after, "undo of an undo");
  });
}

/** Another program saved the file its own way and the user wrote on: our keys go, theirs stay. */
export function undoKeepsLaterWork(language: Language) {
  return fc.asyncProperty(cases(language), async ({ text, edits }) => {
    const machine = new Machine(language, text);
    const entry = await machine.change(edits);
    if (!entry) return;
    const mark = language.comment("written by the user");
    const resaved = withoutMark(machine.text).replaceAll("\r\n", "\n");
    machine.text = `${mark}\n${language.edit(resaved, [{ kind: "set", path: ["users own"], value: true }])}`;
    const undone = await machine.undo(entry);
    assert.deepEqual(undone.notices, []);
    const expected = language.read(withoutMark(text));
    expected.set("users own", true);
    assert.ok(isSame(withoutEmpty(machine.content), withoutEmpty(expected)), machine.text);
    assert.ok(machine.text.includes(mark));
    assert.ok(undone.entry);
    await machine.undo(undone.entry);
    const again = edited(expected, edits);
    assert.ok(isSame(withoutEmpty(machine.content), withoutEmpty(again)), "undo of an undo");
  });
}

/** A key that the user has set anew is theirs: it stays, and the undo says so. */
export function undoLeavesWhatIsNotOurs(language: Language) {
  return fc.asyncProperty(cases(language), async ({ text, edits }) => {
    const machine = new Machine(language, text);
    const [entry, edit] = [await machine.change(edits), edits.at(-1)];
    if (!entry || !edit || contentAt(language.read(withoutMark(text)), edit.path) === "by the user") return;
    machine.text = language.edit(withoutMark(machine.text), [
      { kind: "set", path: edit.path, value: "by the user" },
    ]);
    const { notices } = await machine.undo(entry);
    assert.equal(contentAt(machine.content, edit.path), "by the user");
    assert.ok(
      notices.some((notice) => notice.includes(edit.path.join("."))),
      "the undo names the key",
    );
  });
}

/** Two changes, undone in either order. */
export function undoInAnyOrder(language: Language) {
  return fc.asyncProperty(cases(language), fc.boolean(), async ({ text, edits }, firstFirst) => {
    const machine = new Machine(language, text);
    const unlike = new Set(edits.map(({ path }) => JSON.stringify(path)));
    fc.pre(edits.length >= 2 && unlike.size === edits.length);
    const one = await machine.change(edits.slice(0, 1));
    const two = await machine.change(edits.slice(1));
    const entries = [one, two].filter((entry) => entry !== undefined);
    for (const entry of firstFirst ? entries : entries.toReversed()) await machine.undo(entry);
    assert.ok(
      isSame(withoutEmpty(machine.content), withoutEmpty(language.read(withoutMark(text)))),
      machine.text,
    );
    if (!firstFirst) assert.equal(machine.text, text);
  });
}

/** We took a key out, with the comment beside it; somebody wrote the file since. All of it comes back, in any round. */
export function undoGivesCommentsBack(language: Language) {
  return fc.asyncProperty(documentAndRemoval(language), async ({ text, edit }) => {
    // An element of an array of tables has no path to come back to, nor has a table that holds others alone.
    fc.pre(!text.includes("[[") && !/^\s*\[[^\n]*#[^\n]*\n(?:\s|#[^\n]*)*\[/m.test(text));
    // Keys of one inline table that go together share their lines, and with them a comment that was nobody's.
    const isTogether = rawValuesIn(language.format, text)(edit.path).length > 1;
    fc.pre(!isTogether || !/\{[^}]*#/.test(text));
    const machine = new Machine(language, text);
    const mark = language.comment("written by the user");
    let expected = text;
    const counts: number[] = [];
    for (let round = 1; round <= 3; round++) {
      const entry = await machine.change([edit]);
      if (!entry) return;
      machine.text = `${mark}\n${machine.text}`;
      expected = `${mark}\n${expected}`;
      await machine.undo(entry);
      assert.ok(isSame(withoutEmpty(machine.content), withoutEmpty(language.read(text))), machine.text);
      assert.deepEqual(remarksOf(language, machine.text), remarksOf(language, expected), machine.text);
      counts.push(emptyLines(machine.text));
    }
    // A comma at the beginning of a line is moved once, and may leave that line empty.
    assert.ok((counts[2] ?? 0) <= (counts[1] ?? 0), JSON.stringify(machine.text));
  });
}

/** What the comments say: two of them may have become one. */
function remarksOf(language: Language, text: string): string[] {
  const pieces = language.comments(text).flatMap((comment) => comment.split(/#|\/\/|\/\*|\*\//));
  return pieces.flatMap((piece) => piece.trim() || []).sort();
}

/**
 * We put keys in and took them out again, while somebody wrote the file. An empty line may stay to part what would
 * run together otherwise, but no round adds another one.
 */
export function undoAddsNoEmptyLines(language: Language) {
  return fc.asyncProperty(cases(language), async ({ text, edits }) => {
    const machine = new Machine(language, text);
    const mark = `${language.comment("written by the user")}\n`;
    let least = Infinity;
    for (let round = 1; round <= 2; round++) {
      const entry = await machine.change(edits);
      if (!entry) return;
      machine.text = mark + withoutMark(machine.text);
      await machine.undo(entry);
      const empty = emptyLines(machine.text);
      assert.ok(empty <= least, JSON.stringify(machine.text));
      least = empty;
    }
  });
}

function emptyLines(text: string): number {
  return text.split("\n").filter((line) => line.trim() === "").length;
}
