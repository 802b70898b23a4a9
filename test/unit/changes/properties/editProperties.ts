import assert from "node:assert/strict";
import fc from "fast-check";
import { type KeyEdit, type KeyPath, samePath } from "../../../../src/changes/document/edits/keyEdit";
import { rawValuesIn } from "../../../../src/changes/document/readDocument";
import { Refusal } from "../../../../src/changes/refusal";
import { verifyEdit } from "../../../../src/changes/document/verifyEdit";
import { documentAndNeighbours, documentAndRemoval, documentAndSets } from "./edits";
import { contentAt, edited, isConflict, isSame, type Language, withoutEmpty } from "./language";

/** Whatever the document: exactly the planned key changes, and every other byte stays. */
export function settingIsExact(language: Language) {
  return fc.property(documentAndSets(language, 1), ({ text, edits: [edit] }) => {
    assert.ok(edit);
    const before = language.read(text);
    assert.equal(language.edit(text, []), text, "without edits nothing changes");
    const after = orRefusal(() => language.edit(text, [edit]));
    assert.equal(
      after === undefined,
      isConflict(language, before, edit.path),
      "refuses conflicts, nothing else",
    );
    if (after === undefined) return;
    assert.ok(isSame(language.read(after), edited(before, [edit])), `not what was planned:\n${after}`);
    assert.equal(language.edit(after, [edit]), after, "setting the present value changes nothing");
    // Only what stood inside a replaced value goes with it.
    const replaced = language.replacesAnything ? rawValueAt(language, text, edit.path) : "";
    const kept = [...language.comments(after), ...language.comments(replaced)];
    assert.deepEqual(kept.sort(), language.comments(text).sort(), "comments are kept");
    expectLocal(language, text, after, edit.path, contentAt(before, edit.path) !== undefined);
    expectEndOfLine(text, after);
    if (language.format === "jsonc") expectPlainJson(text, after);
    verifyEdit(language.format, text, after, [edit]);
  });
}

export function removingIsExact(language: Language) {
  return fc.property(documentAndRemoval(language), ({ text, edit }) => {
    const before = language.read(text);
    const after = language.edit(text, [edit]);
    if (contentAt(before, edit.path) === undefined) assert.equal(after, text, "nothing to remove");
    assert.ok(
      isSame(withoutEmpty(language.read(after)), withoutEmpty(edited(before, [edit]))),
      `not what was planned:\n${after}`,
    );
    assert.ok(isSubsequence(after, text), `something was added:\n${after}`);
    const kept = language.ownLineComments(after, edit.path);
    for (const comment of language.ownLineComments(text, edit.path)) {
      const index = kept.indexOf(comment);
      assert.ok(index >= 0, `a comment on a line of its own was lost: ${comment}\n${after}`);
      kept.splice(index, 1);
    }
    expectEndOfLine(text, after);
    if (language.format === "jsonc") expectPlainJson(text, after);
    verifyEdit(language.format, text, after, [edit]);
  });
}

/** Keys that have nothing to do with each other end up the same in either order. */
export function orderDoesNotMatter(language: Language) {
  return fc.property(documentAndSets(language, 2), ({ text, edits: [one, two] }) => {
    fc.pre(one !== undefined && two !== undefined);
    fc.pre(!isPrefix(one.path, two.path) && !isPrefix(two.path, one.path));
    const before = language.read(text);
    fc.pre(![one, two].some(({ path }) => isConflict(language, before, path)));
    const [a, b] = [language.edit(text, [one, two]), language.edit(text, [two, one])];
    assert.ok(isSame(language.read(a), language.read(b)));
    assert.ok(isSame(language.read(a), edited(before, [one, two])));
    assert.equal(language.edit(a, [one, two]), a, "idempotent");
  });
}

/** Editors may set neighbours together, as long as nobody can tell. */
export function neighboursLikeOneByOne(language: Language) {
  return fc.property(documentAndNeighbours(language), ({ text, edits }) => {
    const together = orRefusal(() => language.edit(text, edits));
    const oneByOne = orRefusal(() => edits.reduce((result, edit) => language.edit(result, [edit]), text));
    // A value over several lines may be all that tells which line ends the file has.
    assert.equal(together?.replaceAll("\r\n", "\n"), oneByOne?.replaceAll("\r\n", "\n"));
    if (together !== undefined) expectEndOfLine(text, together);
  });
}

/** Any string survives, or is refused: what cannot be rendered right is never written. */
export function stringsSurvive(language: Language) {
  const nasty = fc.constantFrom(
    "\0",
    "\u0001",
    "\u001b[0m",
    "\u007f",
    "\r\n",
    "\\",
    '"""',
    "'''",
    "\u2028",
    "\ufeff",
    "\ud800",
    "#",
  );
  const string = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.string({ unit: nasty, maxLength: 4 }),
  );
  return fc.property(documentAndSets(language, 1), string, ({ text, edits }, value) => {
    const path = edits[0]?.path ?? [];
    fc.pre(!isConflict(language, language.read(text), path));
    const edit: KeyEdit = { kind: "set", path, value };
    const after = orRefusal(() => language.edit(text, [edit]));
    if (after === undefined) return;
    verifyEdit(language.format, text, after, [edit]);
    assert.ok(isSame(contentAt(language.read(after), path), value.replaceAll("\r\n", "\n")));
  });
}

function orRefusal(work: () => string): string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function expectLocal(
  language: Language,
  text: string,
  after: string,
  path: KeyPath,
  isPresent: boolean,
): void {
  if (!isPresent) {
    // Blanks are all that may go: those of a blank file, or of an object of one line that gets more of them.
    const kept = language.format === "jsonc" ? text.replace(/^\s+$/, "").replace(/\{[ \t]+\}/g, "{}") : text;
    assert.ok(isSubsequence(kept, after), `something was lost:\n${after}`);
    // The key with its parents, a header, indentation and what parts them; nothing is written twice.
    const most = 2 * JSON.stringify(path).length + 6 * path.length * 10 + 60;
    assert.ok(after.length - text.length <= most, `too much was added:\n${after}`);
    return;
  }
  const [old, now] = [text, after].map((one) => rawValueAt(language, one, path));
  assert.equal(after.length - (now?.length ?? 0), text.length - (old?.length ?? 0));
  const start = commonStart(text, after);
  assert.ok(
    text.endsWith(after.slice(start + (now?.length ?? 0))),
    `more than the value was replaced:\n${after}`,
  );
}

function commonStart(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

/** Every character of `part` stands in `whole`, in the same order. */
function isSubsequence(part: string, whole: string): boolean {
  let index = 0;
  for (const unit of whole.split("")) if (part[index] === unit) index++;
  return index === part.length;
}

/** A file with one kind of line ends has no other one afterwards. */
function expectEndOfLine(text: string, after: string): void {
  if (!text.includes("\n")) return;
  if (!/(?<!\r)\n/.test(text)) assert.doesNotMatch(after, /(?<!\r)\n/);
  if (!text.includes("\r")) assert.ok(!after.includes("\r"));
}

/** What every JSON parser could read, it still can. */
function expectPlainJson(text: string, after: string): void {
  if (isPlainJson(text)) assert.ok(isPlainJson(after), `no plain JSON any more:\n${after}`);
}

function isPlainJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function isPrefix(part: KeyPath, whole: KeyPath): boolean {
  return part.every((name, index) => whole[index] === name);
}

function rawValueAt({ format }: Language, text: string, path: KeyPath): string {
  return rawValuesIn(format, text)(path).find((value) => samePath(value.path, path))?.raw ?? "";
}
