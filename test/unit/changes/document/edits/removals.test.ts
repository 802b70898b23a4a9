import assert from "node:assert/strict";
import { removalsWithEmptyParents } from "../../../../../src/changes/document/edits/removals";

const DOCUMENT = { a: { b: { c: 1, d: 2 }, e: { f: 3 } }, g: 4 };

function removed(...paths: string[]): string[] {
  return removalsWithEmptyParents(
    DOCUMENT,
    paths.map((path) => path.split(".")),
  ).map(({ path }) => path.join("."));
}

describe("removals with the objects that they leave empty", () => {
  it("takes out single keys while others stay", () => {
    assert.deepEqual(removed("a.b.c", "g"), ["a.b.c", "g"]);
  });

  it("takes out an object with its last key, and the one around it", () => {
    assert.deepEqual(removed("a.e.f"), ["a.e"]);
    assert.deepEqual(removed("a.b.c", "a.b.d"), ["a.b"]);
    assert.deepEqual(removed("a.b.c", "a.e.f", "a.b.d"), ["a"]);
  });

  it("counts a key once, and none that is not there", () => {
    assert.deepEqual(removed("a.b.c", "a.b.c"), ["a.b.c"]);
    assert.deepEqual(removed("a.b.c", "a.b.x"), ["a.b.c", "a.b.x"]);
    assert.deepEqual(removed("a.b", "a.b.c", "a.b.d"), ["a.b"]);
  });

  it("leaves an object that is to stay", () => {
    const edits = removalsWithEmptyParents(DOCUMENT, [["a", "e", "f"]], (path) => path.join(".") === "a.e");
    assert.deepEqual(edits, [{ kind: "remove", path: ["a", "e", "f"] }]);
  });
});
