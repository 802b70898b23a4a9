import assert from "node:assert/strict";
import type { FileFormat } from "../../../../src/changes/plan";
import type { ConfigValue, KeyEdit } from "../../../../src/changes/document/edits/keyEdit";
import { Refusal } from "../../../../src/changes/refusal";
import { verifyEdit } from "../../../../src/changes/document/verifyEdit";

const set = (path: string, value: ConfigValue): KeyEdit => ({ kind: "set", path: path.split("."), value });
const setRaw = (path: string, raw: string): KeyEdit => ({ kind: "setRaw", path: path.split("."), raw });
const remove = (path: string): KeyEdit => ({ kind: "remove", path: path.split(".") });

type Case = readonly [name: string, FileFormat, before: string, after: string, ...edits: KeyEdit[]];

const CONFIRMED: readonly Case[] = [
  ["a key that was set", "toml", "a = 1\n", "a = 2\nt.b = true\n", set("a", 2), set("t.b", true)],
  ["other layout and comments", "toml", "# c\n[t]\na = 1\n", "t = { a = 1 }\n"],
  ["numbers that equal nothing", "toml", "a = nan\nb = -inf\n", "b = -inf\na = nan\nc = 1\n", set("c", 1)],
  ["dates put back", "toml", "a = 1\n", "a = 1979-05-27\n", setRaw("a", "1979-05-27")],
  ["a table that went with its last key", "toml", "[t]\na = 1\n", "", remove("t.a")],
  ["a table that stayed without its last key", "toml", "[t]\na = 1\n", "[t]\n", remove("t.a")],
  ["names of prototypes", "toml", "__proto__.x = 1\n", "__proto__.x = 2\n", set("__proto__.x", 2)],
  ["names of prototypes", "json", '{"a":1}', '{"a":1,"__proto__":{"x":2}}', set("__proto__.x", 2)],
  ["values of every kind", "json", "", '{"a":[1,{"b":null}]}', setRaw("a", '[1,{"b":null}]')],
  ["comments and commas", "jsonc", "// c\n", '{ "a": [1,], } // c', set("a", [1])],
  ["line separators in strings", "jsonc", '{"a":"\u2028"}', '{"a":"\u2028","b":1}', set("b", 1)],
];

const REFUSED: readonly Case[] = [
  ["an edit that is missing", "toml", "a = 1\n", "a = 1\n", set("a", 2)],
  ["a neighbour that is lost", "toml", "a = 1\nb = 2\n", "a = 3\n", set("a", 3)],
  ["a neighbour that changed", "toml", "a = 1\nb = 2\n", "a = 3\nb = 3\n", set("a", 3)],
  ["a neighbour that is new", "toml", "a = 1\n", "a = 3\nb = 3\n", set("a", 3)],
  ["a key in the wrong table", "toml", "[t]\n", "[t]\na = 1\n", set("a", 1)],
  ["a key that is still there", "toml", "[t]\na = 1\n", "[t]\na = 1\n", remove("t.a")],
  ["an emptied table that nobody removed from", "toml", "[t]\n[u]\na = 1\n", "[u]\n", remove("u.a")],
  ["an integer that became a float", "toml", "a = 1\nb = 1\n", "a = 1.0\nb = 2\n", set("b", 2)],
  ["a float where an integer was set", "toml", "", "a = 1.0\n", set("a", 1)],
  ["a digit beyond 2^53", "toml", "a = 9007199254740993\n", "a = 9007199254740992\n"],
  ["a date that became a moment", "toml", "a = 1979-05-27\n", "a = 1979-05-27T00:00:00Z\n"],
  ["a moment that became local", "toml", "a = 1979-05-27T00:00:00Z\n", "a = 1979-05-27T00:00:00\n"],
  ["a changed prototype name", "toml", "__proto__.x = 1\n", "__proto__.x = 2\n"],
  ["a changed prototype name", "jsonc", '{"__proto__":{"x":1}}', '{"__proto__":{"x":2}}'],
  ["an array in another order", "json", '{"a":[1,2]}', '{"a":[2,1]}'],
  ["a null that is gone", "json", '{"a":null,"b":1}', '{"b":2}', set("b", 2)],
  ["comments where none may be", "json", "{}", '{ "a": 1 /* c */ }', set("a", 1)],
  ["text that cannot be read", "toml", "", "a = = 1\n", set("a", 1)],
  ["text that cannot be read", "jsonc", "{}", '{ "a": 1 ', set("a", 1)],
];

describe("the second opinion", () => {
  for (const [name, format, before, after, ...edits] of CONFIRMED) {
    it(`confirms ${name} (${format})`, () => verifyEdit(format, before, after, edits));
  }

  for (const [name, format, before, after, ...edits] of REFUSED) {
    it(`refuses ${name} (${format})`, () => {
      assert.throws(() => verifyEdit(format, before, after, edits), { code: "change/check-failed" });
    });
  }

  const reportOn = (format: FileFormat, before: string, after: string, ...edits: KeyEdit[]) => {
    try {
      verifyEdit(format, before, after, edits);
    } catch (error) {
      if (error instanceof Refusal) return error.at("/some/file").report?.split("\n");
    }
    return undefined;
  };

  it("reports what was to be done and what is wrong, without any value or foreign name", () => {
    const secret = "sk-" + "ab12".repeat(16);
    const before = `[mcp.theirs]\r\ntoken = "${secret}"\r\n[t]\r\na = 1\r\n`;
    const after = `[mcp.theirs]\ntoken = "${secret.toUpperCase()}"\n[t]\na = "${secret}"\nb = 1\n`;
    const edits = [set("t.a", secret), set("t.c", true), remove("old")];
    assert.deepEqual(reportOn("toml", before, after, ...edits), [
      "change/check-failed",
      "Format: toml",
      `Before: ${before.length} characters, 5 lines, CRLF`,
      `After: ${after.length} characters, 6 lines, LF`,
      "Edit: set t.a (string)",
      "Edit: set t.c (boolean)",
      "Edit: remove old",
      "Found: ….….…: string instead of string",
      "Found: t.c: nothing instead of boolean",
      "Found: t.…: bigint instead of nothing",
    ]);
  });

  it("reports where a text cannot be read", () => {
    const found = (...args: Parameters<typeof reportOn>) => reportOn(...args)?.at(-1);
    assert.equal(found("toml", "", "a = 1\nb = = 2\n"), "Found: the text after cannot be read:2:5");
    assert.match(found("jsonc", "{}", '{ "a": 1 ') ?? "", /^Found: the text after cannot be read:1:\d+$/);
    assert.equal(found("json", "{", "{}"), "Found: the text before cannot be read");
  });

  it("reports a date that differs", () => {
    const [before, after] = ["a = 1979-05-27\n", "a = 1979-05-28\n"];
    assert.equal(reportOn("toml", before, after)?.at(-1), "Found: …: object instead of object");
  });

  it("names no value of the file", () => {
    for (const [, format, before, after, ...edits] of [
      ["", "toml", 'key = "hidden"\n', 'key = "hidden\n'],
      ["", "jsonc", '{"key":"hidden"}', '{"key":"hidden}'],
      ["", "json", '{"key":"hidden"}', '{"key":"other"}'],
    ] satisfies Case[]) {
      assert.throws(
        () => verifyEdit(format, before, after, edits),
        (error) =>
          error instanceof Refusal &&
          !/hidden|other|key/.test(`${error.message}${error.stack ?? ""}${error.report ?? ""}`),
      );
    }
  });
});
