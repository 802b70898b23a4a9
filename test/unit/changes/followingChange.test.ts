import assert from "node:assert/strict";
import { followingChange } from "../../../src/changes/followingChange";
import { editToml } from "../../../src/changes/document/toml/editToml";
import type { EditedFile, ReplacedFile } from "../../../src/changes/plan";

const AFTER = Buffer.from("after");

function edited(edits: EditedFile["edits"], more: Partial<EditedFile> = {}): EditedFile {
  return { kind: "edit", path: "/file", format: "toml", credential: false, edits, ...more };
}
function replaced(more: Partial<ReplacedFile> = {}): ReplacedFile {
  return { kind: "replace", path: "/file", content: Buffer.from("new"), credential: false, ...more };
}
const set = (...path: string[]) => ({ kind: "set", path, value: path.join() }) as const;
const remove = (...path: string[]) => ({ kind: "remove", path }) as const;

describe("two changes of one file, one after the other", () => {
  it("are the edits in their order, of one key too: a table has to go before a text can take its place", () => {
    const [first, next] = [edited([remove("a"), set("b")]), edited([set("a")])];
    const both = followingChange(first, next, AFTER);
    assert.deepEqual(both, edited([...first.edits, ...next.edits]));
    assert.equal(editToml("[a]\nc = 1\n", both.edits), 'b = "b"\na = "a"\n');
  });

  it("hold a credential if one of them does", () => {
    const secret = { credential: true };
    for (const [first, next] of [
      [edited([], secret), edited([])],
      [edited([]), edited([], secret)],
      [replaced(secret), edited([])],
      [edited([], secret), replaced()],
    ] as const)
      assert.equal(followingChange(first, next, AFTER).credential, true);
  });

  it("begin a new file as the first one does", () => {
    const first = edited([set("a")], { newFileText: "{\n}" });
    const both = followingChange(first, edited([set("b")], { newFileText: "other" }), AFTER);
    assert.deepEqual(both, edited([set("a"), set("b")], { newFileText: "{\n}" }));
  });

  it("are the later file where that is a whole one", () => {
    assert.deepEqual(followingChange(edited([set("a")]), replaced(), AFTER), replaced());
  });

  it("are a whole file with what was edited in it, and can be undone by key where the file can", () => {
    const keys = (...edits: EditedFile["edits"]) => ({ keys: { format: "toml", edits } as const });
    const both = followingChange(replaced(keys(set("b"))), edited([set("a")]), AFTER);
    assert.deepEqual(both, replaced({ content: AFTER, ...keys(set("b"), set("a")) }));
    assert.deepEqual(followingChange(replaced(), edited([set("a")]), AFTER), replaced({ content: AFTER }));
  });
});
