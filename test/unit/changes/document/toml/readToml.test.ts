import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { Refusal } from "../../../../../src/changes/refusal";
import { definesTwice, placesIn, readToml } from "../../../../../src/changes/document/toml/readToml";

const TEXT = [
  "# top",
  "model = 'gpt-5' # which",
  'mp . "O".url = "https://x" # 🦀',
  "",
  '[t."a.b"]',
  '"🦀" = "bare keys are ASCII"',
  '  inline = { x = 1, y = { z = "deep" } }',
  'long = """',
  "model = 'no'",
  '"""',
  "",
  "[[list]]",
  "x = 1",
  "",
].join("\r\n");

describe("readToml", () => {
  it("reads integers of 64 bits and names of prototypes without touching a prototype", () => {
    const value = readToml("big = 9223372036854775807\n__proto__.x = 1\n[constructor]\ny = 2\n");
    assert.equal(value.big, 9223372036854775807n);
    assert.deepEqual(Object.keys(value), ["big", "__proto__", "constructor"]);
    assert.equal(({} as { x?: unknown }).x, undefined);
  });

  it("refuses invalid TOML with its place and without quoting it", () => {
    assert.throws(
      () => readToml("a = 1\nb = hidden\n"),
      (error) =>
        error instanceof Refusal &&
        error.code === "change/invalid-syntax" &&
        error.where.line === 1 &&
        error.where.column === 4 &&
        !error.message.includes("hidden"),
    );
  });
});

describe("values of TOML", () => {
  const { rawValuesAt } = placesIn(TEXT, readToml(TEXT));
  const rawValueAt = (path: string[]) =>
    rawValuesAt(path).find((value) => isDeepStrictEqual(value.path, path))?.raw;
  const raws: [string[], string | undefined][] = [
    [["model"], "'gpt-5'"],
    [["mp", "O", "url"], '"https://x"'],
    [["t", "a.b", "inline"], '{ x = 1, y = { z = "deep" } }'],
    [["t", "a.b", "inline", "y", "z"], '"deep"'],
    [["t", "a.b", "long"], '"""\r\nmodel = \'no\'\r\n"""'],
    [["t", "a.b"], undefined],
    [["list", "x"], undefined],
    [["toString"], undefined],
  ];
  for (const [path, raw] of raws) {
    it(`spells ${path.join(" › ")} as the file does`, () => assert.equal(rawValueAt(path), raw));
  }

  it("spells every value of a table, an inline table as one", () => {
    assert.deepEqual(rawValuesAt(["t"]), [
      { path: ["t", "a.b", "🦀"], raw: '"bare keys are ASCII"' },
      { path: ["t", "a.b", "inline"], raw: '{ x = 1, y = { z = "deep" } }' },
      { path: ["t", "a.b", "long"], raw: '"""\r\nmodel = \'no\'\r\n"""' },
    ]);
  });
});

describe("places in TOML", () => {
  const { rangeAt } = placesIn(TEXT, readToml(TEXT));

  it("gives lines and UTF-16 columns", () => {
    assert.deepEqual(rangeAt(["model"], "key"), { line: 1, column: 0, endLine: 1, endColumn: 5 });
    assert.deepEqual(rangeAt(["model"], "value"), { line: 1, column: 8, endLine: 1, endColumn: 15 });
    assert.deepEqual(rangeAt(["mp", "O", "url"], "key"), {
      line: 2,
      column: 0,
      endLine: 2,
      endColumn: 12,
    });
    // The quoted crab is four units long.
    assert.deepEqual(rangeAt(["t", "a.b", "🦀"], "value"), {
      line: 5,
      column: 7,
      endLine: 5,
      endColumn: 28,
    });
  });

  it("spans the lines of a value", () => {
    assert.deepEqual(rangeAt(["t", "a.b", "long"], "value"), {
      line: 7,
      column: 7,
      endLine: 9,
      endColumn: 3,
    });
  });

  it("gives nothing for what is not there", () => {
    assert.equal(rangeAt(["t", "x"], "key"), undefined);
  });
});

describe("definesTwice", () => {
  it("tells a repeated name from every other mistake", () => {
    for (const text of ["a = 1\na = 2\n", "[t]\n[u]\n[t]\n", "x = { a = 1, a = 2 }\n"])
      assert.equal(definesTwice(text), true, text);
    for (const text of ["a = 1\n", "a = “1”\n", "[t\n"]) assert.equal(definesTwice(text), false, text);
  });
});
