import assert from "node:assert/strict";
import { parseJson, readJson } from "../../../../../src/changes/document/json/readJson";
import { Refusal } from "../../../../../src/changes/refusal";

const TEXT = '// 🦀\r\n{\r\n  "a" : [1, /* two */ 2,],\r\n  "🦀": { "b.c": "\\u0064" }, // end\r\n}\r\n';

describe("readJson", () => {
  it("reads comments and trailing commas only where they are allowed", () => {
    assert.deepEqual(readJson(TEXT, { allowComments: true }), { a: [1, 2], "🦀": { "b.c": "d" } });
    assert.throws(() => readJson(TEXT, { allowComments: false }), { code: "change/invalid-syntax" });
  });

  it("reads a text without any value as an empty object", () => {
    for (const text of ["", " \r\n", "// c\n/* d */"]) {
      assert.deepEqual(readJson(text, { allowComments: true }), {}, JSON.stringify(text));
    }
  });

  it("reads names of prototypes as members", () => {
    const value = readJson('{"__proto__":{"x":1}}', { allowComments: false }) as object;
    assert.deepEqual(Object.keys(value), ["__proto__"]);
    assert.equal((value as { x?: unknown }).x, undefined);
  });

  it("refuses invalid JSON with its place and without quoting it", () => {
    assert.throws(
      () => readJson('{\n  "a": hidden\n}', { allowComments: false }),
      (error) =>
        error instanceof Refusal &&
        error.code === "change/invalid-syntax" &&
        error.where.line === 1 &&
        error.where.column === 7 &&
        !error.message.includes("hidden"),
    );
  });
});

describe("places in JSON", () => {
  const { rangeAt, rawValueAt } = parseJson(TEXT, { allowComments: true });

  it("spells values as the file does", () => {
    assert.equal(rawValueAt(["a"])?.raw, "[1, /* two */ 2,]");
    assert.equal(rawValueAt(["🦀", "b.c"])?.raw, '"\\u0064"');
    assert.equal(rawValueAt(["a", "0"]), undefined);
    assert.equal(rawValueAt(["toString"]), undefined);
  });

  it("gives lines and UTF-16 columns", () => {
    assert.deepEqual(rangeAt(["a"], "key"), { line: 2, column: 2, endLine: 2, endColumn: 5 });
    // The quoted crab is four units long.
    assert.deepEqual(rangeAt(["🦀", "b.c"], "value"), {
      line: 3,
      column: 17,
      endLine: 3,
      endColumn: 25,
    });
    assert.equal(rangeAt(["b"], "value"), undefined);
  });
});

describe("a name that stands twice in JSON", () => {
  const text = '{\n  "a": { "x": 1, "x": 2 },\n  "a": { "x": 3 },\n  "b": [{ "x": 1, "x": 2 }]\n}';
  const parsed = parseJson(text, { allowComments: false });

  it("counts with its last value, as in the programs that accept it", () => {
    assert.deepEqual(parsed.document, { a: { x: 3 }, b: [{ x: 2 }] });
    assert.equal(parsed.rawValueAt(["a", "x"])?.raw, "3");
    assert.equal(parsed.rangeAt(["a"], "key")?.line, 2);
  });

  it("is told with its last place, wherever objects lead there", () => {
    assert.deepEqual(parsed.doubled(), [
      { path: ["a"], range: { line: 2, column: 2, endLine: 2, endColumn: 5 } },
      { path: ["a", "x"], range: { line: 1, column: 17, endLine: 1, endColumn: 20 } },
    ]);
  });
});
