import assert from "node:assert/strict";
import { editJson } from "../../../../../src/changes/document/json/editJson";
import type { ConfigValue, KeyEdit } from "../../../../../src/changes/document/edits/keyEdit";
import { Refusal } from "../../../../../src/changes/refusal";
import { verifyEdit } from "../../../../../src/changes/document/verifyEdit";

const set = (path: string, value: ConfigValue): KeyEdit => ({ kind: "set", path: path.split("."), value });
const remove = (path: string): KeyEdit => ({ kind: "remove", path: path.split(".") });

interface Case {
  readonly name: string;
  readonly before: string;
  readonly edits: readonly KeyEdit[];
  readonly after: string;
}

const CASES: readonly Case[] = [
  { name: "an empty file", before: "", edits: [set("a", 1)], after: '{\n  "a": 1\n}\n' },
  {
    name: "an empty object",
    before: "{}",
    edits: [set("a", 1), set("b", 2)],
    after: '{\n  "a": 1,\n  "b": 2\n}',
  },
  {
    name: "an empty object behind a blank",
    before: " {}",
    edits: [set("a", 1)],
    after: ' {\n   "a": 1\n }',
  },
  {
    name: "an object without a final newline",
    before: "{\n}",
    edits: [set("a", 1), set("b.c", "x")],
    after: '{\n  "a": 1,\n  "b": {\n    "c": "x"\n  }\n}',
  },
  {
    name: "a list with comments, to which one is added",
    before: '{\n  "a": [\n    // first\n    "x", // mine\n    "y" // last\n  ]\n}\n',
    edits: [set("a", ["x", "y", "z"])],
    after: '{\n  "a": [\n    // first\n    "x", // mine\n    "y", // last\n    "z"\n  ]\n}\n',
  },
  {
    name: "a list with a comma behind the last item",
    before: '{ "a": [\n  "x",\n  "y",\n] }',
    edits: [set("a", ["x", "y", "z"])],
    after: '{ "a": [\n  "x",\n  "y",\n  "z",\n] }',
  },
  {
    name: "a list on one line",
    before: '{ "a": [ "x" /* one */ ] }',
    edits: [set("a", ["x", "y"])],
    after: '{ "a": [ "x", "y" /* one */ ] }',
  },
  {
    name: "a list with comments, from which one is taken",
    before: '{\n  "a": [\n    // first\n    "x", // mine\n    "y", // ours\n    "z"\n  ]\n}\n',
    edits: [set("a", ["x", "z"])],
    after: '{\n  "a": [\n    // first\n    "x", // mine\n    "z"\n  ]\n}\n',
  },
  {
    name: "a list from which the last is taken",
    before: '{ "a": ["x", "y"] }',
    edits: [set("a", ["x"])],
    after: '{ "a": ["x"] }',
  },
  {
    name: "another list altogether",
    before: '{ "a": ["x",   "y"] }',
    edits: [set("a", ["z", "x"])],
    after: '{ "a": ["z","x"] }',
  },
  { name: "comments only", before: "// mine\n", edits: [set("a", 1)], after: '// mine\n{\n  "a": 1\n}\n' },
  {
    name: "one line",
    before: '{"a":1,    "b" : 2}',
    edits: [set("a", 3), set("c", 4)],
    after: '{"a":3,    "b" : 2, "c": 4}',
  },
  {
    name: "tabs and CRLF",
    before: '{\r\n\t"a": {\r\n\t\t"b": 1\r\n\t}\r\n}\r\n',
    edits: [set("a.c", 2), set("d", { e: 1 })],
    after: '{\r\n\t"a": {\r\n\t\t"b": 1,\r\n\t\t"c": 2\r\n\t},\r\n\t"d": {\r\n\t\t"e": 1\r\n\t}\r\n}\r\n',
  },
  {
    name: "remarks behind the last member",
    before: '{\n  "a": 1 // one\n  // end\n}\n',
    edits: [set("b", 2)],
    after: '{\n  "a": 1, // one\n  "b": 2\n  // end\n}\n',
  },
  {
    name: "a trailing comma",
    before: '{\n  "a": 1, /* one */\n}\n',
    edits: [set("b", 2)],
    after: '{\n  "a": 1, /* one */\n  "b": 2,\n}\n',
  },
  {
    name: "an equal value in another spelling",
    before: '{ "a": "\\u0062" }',
    edits: [set("a", "b")],
    after: '{ "a": "\\u0062" }',
  },
  {
    name: "members that are names of prototypes",
    before: '{\n  "__proto__": { "x": 1 }\n}\n',
    edits: [set("__proto__.x", 2), set("constructor", "c")],
    after: '{\n  "__proto__": { "x": 2 },\n  "constructor": "c"\n}\n',
  },
  {
    name: "removing a line and not its neighbours' comments",
    before: '{\n  "a": 1, // one\n  // about b\n  "b": 2, // two\n  // about c\n  "c": 3\n}\n',
    edits: [remove("b")],
    after: '{\n  "a": 1, // one\n  // about b\n  // about c\n  "c": 3\n}\n',
  },
  {
    name: "removing the last line and the comma before it",
    before: '{\n  "a": 1, // one\n  "b": 2\n}\n',
    edits: [remove("b")],
    after: '{\n  "a": 1 // one\n}\n',
  },
  {
    name: "removing the only member with a trailing comma",
    before: '{\n  "b": 2,\n}\n',
    edits: [remove("b")],
    after: "{\n}\n",
  },
  {
    name: "removing in one line",
    before: '{"a":1, "b":2, "c":3}',
    edits: [remove("b")],
    after: '{"a":1, "c":3}',
  },
  { name: "removing the last in one line", before: '{"a":1, "b":2}', edits: [remove("b")], after: '{"a":1}' },
  { name: "removing the only one in one line", before: '{"a":1}', edits: [remove("a")], after: "{}" },
  {
    name: "removing what is not there",
    before: '{"a":1}',
    edits: [remove("b"), remove("a.c")],
    after: '{"a":1}',
  },
  {
    name: "putting back the user's own spelling",
    before: '{ "a": "new" }',
    edits: [{ kind: "setRaw", path: ["a"], raw: "[1, /* two */ 2]" }],
    after: '{ "a": [1, /* two */ 2] }',
  },
  {
    name: "a remark behind the brace",
    before: "{ // mine\n}\n",
    edits: [set("a", 1)],
    after: '{ // mine\n  "a": 1\n}\n',
  },
  {
    name: "blanks in an empty object",
    before: '{\n  "a": {\t},\n  "b": { "c": { } }\n}\n',
    edits: [set("a.x", 1), set("b.d", 2)],
    after: '{\n  "a": {\n    "x": 1\n  },\n  "b": { "c": { }, "d": 2 }\n}\n',
  },
  {
    name: "a user's own spelling, not laid out anew",
    before: '{\n  "a": 1\n}\n',
    edits: [{ kind: "setRaw", path: ["b", "c"], raw: '{"x":1.0, /* y */ "y":[1,2]}' }],
    after: '{\n  "a": 1,\n  "b": {\n    "c": {"x":1.0, /* y */ "y":[1,2]}\n  }\n}\n',
  },
];

describe("editJson", () => {
  for (const { name, before, edits, after } of CASES) {
    it(`handles ${name}`, () => {
      const result = editJson(before, edits, { allowComments: true });
      assert.equal(result, after);
      verifyEdit("jsonc", before, result, edits);
      assert.equal(editJson(result, edits, { allowComments: true }), after, "a second time nothing changes");
    });
  }

  const refused: [string, string, KeyEdit, string, number, number][] = [
    ["a member that stands twice", '{\n  "a": 1,\n  "a": 2\n}', set("a", 3), "change/conflict", 2, 2],
    ["a string where an object is needed", '{ "a": "x" }', set("a.b", 1), "change/conflict", 0, 7],
    ["an array as the file", "[]", set("a", 1), "change/conflict", 0, 0],
    ["a missing brace", '{\n  "a": 1\n', set("b", 1), "change/invalid-syntax", 2, 0],
    ["single quotes", "{ 'a': 1 }", set("b", 1), "change/invalid-syntax", 0, 2],
  ];
  for (const [name, before, edit, code, line, column] of refused) {
    it(`refuses ${name}, with the place`, () => {
      assert.throws(
        () => editJson(before, [edit], { allowComments: true }),
        (error) => {
          assert.ok(error instanceof Refusal);
          assert.deepEqual([error.code, error.where], [code, { line, column }]);
          return true;
        },
      );
    });
  }

  it("refuses comments and trailing commas where the program that reads the file cannot read them", () => {
    for (const text of ['{ "a": 1 } // c', '{ "a": 1, }']) {
      assert.throws(() => editJson(text, [set("a", 2)], { allowComments: false }), {
        code: "change/invalid-syntax",
      });
    }
  });
});
