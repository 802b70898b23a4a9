import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { applyChange } from "../../../../src/changes/apply";
import { type KeyEdit, startsWith } from "../../../../src/changes/document/edits/keyEdit";
import { prepareChange } from "../../../../src/changes/prepare";
import { Refusal } from "../../../../src/changes/refusal";
import { MemoryFileSystem } from "../memoryFileSystem";
import { documentAndSets } from "./edits";
import { type Content, edited, isConflict, isSame, type Language, withoutEmpty } from "./language";

const FILE = "/home/config";

/** We show a change, somebody edits the file, and Apply is pressed. */
export function applyDoesAsShown(language: Language) {
  const kinds = fc.array(fc.constantFrom("ours", "ours", "removed", "theirs", "both"), {
    minLength: 6,
    maxLength: 6,
  });
  const document = documentAndSets(language, 6);
  return fc.asyncProperty(document, kinds, fc.boolean(), async ({ text, edits }, kinds, likeOurs) => {
    const of = (...which: string[]) => edits.filter((_, index) => which.includes(kinds[index] ?? ""));
    const ours: KeyEdit[] = [
      ...of("ours", "both"),
      ...of("removed").map(({ path }) => ({ kind: "remove" as const, path })),
    ];
    const theirs: KeyEdit[] = of("theirs", "both").map((edit) =>
      likeOurs ? edit : { ...edit, value: "by the user" },
    );
    const content = language.read(text);
    fc.pre(isPossible(language, content, theirs));
    const theirText = `${language.comment("theirs")}\n${language.edit(text, theirs)}`;
    fc.pre(isPossible(language, content, ours) && isPossible(language, language.read(theirText), ours));

    const disk = new MemoryFileSystem();
    disk.write(FILE, text);
    const file = {
      kind: "edit",
      path: FILE,
      format: language.format,
      edits: ours,
      credential: false,
    } as const;
    const plan = { title: "Change", files: [file], notices: [] };
    const shown = await prepareChange(disk.fs, plan);
    const shownAfter = language.read(Buffer.from(shown.files[0]?.after ?? "").toString());
    disk.write(FILE, theirText);
    const store = { fs: disk.fs, directory: "/store", now: () => new Date(0) };
    const refusal: unknown = await applyChange(store, () => Promise.resolve(plan), shown).then(
      () => undefined,
      (error: unknown) => error,
    );

    const isElsewhere = !ours.some(({ path }) =>
      theirs.some((their) => startsWith(path, their.path) || startsWith(their.path, path)),
    );
    if (refusal !== undefined) {
      assert.ok(refusal instanceof Refusal && refusal.code === "change/changed-meanwhile", "another refusal");
      assert.ok(!isElsewhere, "refused for what stands elsewhere");
      assert.equal(disk.read(FILE), theirText);
      return;
    }
    const after = language.read(disk.read(FILE) ?? "");
    if (isElsewhere) {
      const expected = edited(language.read(theirText), ours);
      assert.ok(isSame(withoutEmpty(after), withoutEmpty(expected)), disk.read(FILE));
    }
    const promised = differences(content, shownAfter);
    const done = differences(language.read(theirText), after);
    for (const [path, values] of done) assert.deepEqual(promised.get(path), values, `unseen: ${path}`);
    for (const [path, [, value]] of promised) assert.deepEqual(valuesOf(after).get(path), value, path);
  });
}

function isPossible(language: Language, content: Content, edits: readonly KeyEdit[]): boolean {
  let latest = content;
  return edits.every((edit) => {
    if (edit.kind === "set" && isConflict(language, latest, edit.path)) return false;
    latest = edited(latest, [edit]);
    return true;
  });
}

/** Old and new value of every key that is another one afterwards. */
function differences(before: Content, after: Content): Map<string, [unknown, unknown]> {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  const differing = paths.filter((path) => !isDeepStrictEqual(old.get(path), now.get(path)));
  return new Map(differing.map((path) => [path, [old.get(path), now.get(path)]]));
}

function valuesOf(value: unknown, above: readonly string[] = []): Map<string, unknown> {
  if (!(value instanceof Map)) return new Map([[JSON.stringify(above), value]]);
  return new Map([...(value as Content)].flatMap(([name, part]) => [...valuesOf(part, [...above, name])]));
}
