import assert from "node:assert/strict";
import type { KeyEdit } from "../../../../../src/changes/document/edits/keyEdit";
import { Refusal } from "../../../../../src/changes/refusal";
import { editToml } from "../../../../../src/changes/document/toml/editToml";
import { verifyEdit } from "../../../../../src/changes/document/verifyEdit";

const set = (path: string, value: string | number | boolean): KeyEdit => ({
  kind: "set",
  path: path.split("."),
  value,
});
const remove = (path: string): KeyEdit => ({ kind: "remove", path: path.split(".") });

interface Case {
  readonly name: string;
  readonly before: string;
  readonly edits: readonly KeyEdit[];
  readonly after: string;
}

const CASES: readonly Case[] = [
  {
    name: "an empty file",
    before: "",
    edits: [set("a", 1), set("t.b", "x")],
    after: 'a = 1\n\n[t]\nb = "x"\n',
  },
  {
    name: "a trailing comment",
    before: 'model = "a"   # keep\n',
    edits: [set("model", "b")],
    after: 'model = "b"   # keep\n',
  },
  {
    name: "an equal value in another spelling",
    before: "m = 'a' # c\n",
    edits: [set("m", "a")],
    after: "m = 'a' # c\n",
  },
  {
    name: "CRLF and a missing final newline",
    before: "a = 1\r\nb = 2",
    edits: [set("c", 3)],
    after: "a = 1\r\nb = 2\r\nc = 3\r\n",
  },
  {
    name: "root keys below a header comment and above the first table with its comment",
    before: "# header\n\n# about t\n[t]\nx = 1\n",
    edits: [set("a", 1), set("b", 2)],
    after: "# header\n\na = 1\nb = 2\n\n# about t\n[t]\nx = 1\n",
  },
  {
    name: "a comment glued to the first table at the top of the file",
    before: "# about t\n[t]\nx = 1\n",
    edits: [set("a", 1)],
    after: "a = 1\n\n# about t\n[t]\nx = 1\n",
  },
  {
    name: "comments only",
    before: "# one\n# two\n",
    edits: [set("a", 1)],
    after: "# one\n# two\n\na = 1\n",
  },
  {
    name: "a comment without a newline",
    before: "# one",
    edits: [set("t.a", 1)],
    after: "# one\n\n[t]\na = 1\n",
  },
  {
    name: "the indentation of a table's keys",
    before: "[t]\n  x = 1 # c\n\n# tail\n[u]\n",
    edits: [set("t.y", 2)],
    after: "[t]\n  x = 1 # c\n  y = 2\n\n# tail\n[u]\n",
  },
  {
    name: "an empty table",
    before: "[t] # c\n[u]\n",
    edits: [set("t.a", 1)],
    after: "[t] # c\na = 1\n[u]\n",
  },
  {
    name: "a spaced and quoted header",
    before: '[ p . "b" ]\nx = 1\n',
    edits: [set("p.b.y", 2)],
    after: '[ p . "b" ]\nx = 1\ny = 2\n',
  },
  {
    name: "an inline table on one line",
    before: 'p = { O = { name = "x" } } # c\n',
    edits: [set("p.O.name", "y"), set("p.O.url", "u"), set("p.q", true)],
    after: 'p = { O = { name = "y", url = "u" }, q = true } # c\n',
  },
  { name: "an empty inline table", before: "p = {}\n", edits: [set("p.a.b", 1)], after: "p = { a.b = 1 }\n" },
  {
    name: "an inline table on several lines",
    before: "p = {\n  a = 1, # one\n  b = 2 # two\n}\n",
    edits: [set("p.c", 3)],
    after: "p = {\n  a = 1, # one\n  b = 2, # two\n  c = 3\n}\n",
  },
  {
    name: "an inline table on several lines with a trailing comma",
    before: "p = {\n  a = 1,\n}\n",
    edits: [set("p.c", 3)],
    after: "p = {\n  a = 1,\n  c = 3,\n}\n",
  },
  {
    name: "dotted keys in the user's spelling of the prefix",
    before: 'mp . "O".name = "x" # c\n[t]\n',
    edits: [set("mp.O.url", "u")],
    after: 'mp . "O".name = "x" # c\nmp . "O".url = "u"\n[t]\n',
  },
  {
    name: "dotted keys below a table",
    before: "[mp]\nO.name = 1\n[mp.x]\n",
    edits: [set("mp.O.url", 2)],
    after: "[mp]\nO.name = 1\nO.url = 2\n[mp.x]\n",
  },
  {
    name: "super-tables out of order",
    before: "[mp.O.h]\nX = 1\n[mp]\n",
    edits: [set("mp.O.z", true)],
    after: "[mp.O.h]\nX = 1\n[mp]\n\n[mp.O]\nz = true\n",
  },
  {
    name: "look-alikes in a multi-line string",
    before: 's = """\n[t]\na = 1\n"""\n[t]\na = 2\n',
    edits: [set("t.a", 3), set("b", 4)],
    after: 's = """\n[t]\na = 1\n"""\nb = 4\n[t]\na = 3\n',
  },
  {
    name: "arrays of tables left alone",
    before: "[[x]]\na = 1\n[[x]]\na = 2\n",
    edits: [set("m", 1), set("t.a", 1)],
    after: "m = 1\n\n[[x]]\na = 1\n[[x]]\na = 2\n\n[t]\na = 1\n",
  },
  {
    name: "keys that are names of prototypes",
    before: "[projects.__proto__]\nx = 1\n[projects.constructor]\ny = 2\n",
    edits: [set("projects.__proto__.x", 3), set("toString", "s")],
    after: 'toString = "s"\n\n[projects.__proto__]\nx = 3\n[projects.constructor]\ny = 2\n',
  },
  {
    name: "a key that needs quotes",
    before: "",
    edits: [{ kind: "set", path: ["projects", "/srv/a.b", "trust_level"], value: "trusted" }],
    after: '[projects."/srv/a.b"]\ntrust_level = "trusted"\n',
  },
  {
    name: "removing a line with its comment",
    before: "a = 1\nb = 2 # c\nc = 3\n",
    edits: [remove("b")],
    after: "a = 1\nc = 3\n",
  },
  {
    name: "removing what is not there",
    before: "a = 1\n",
    edits: [remove("b"), remove("t.x")],
    after: "a = 1\n",
  },
  {
    name: "removing a table that was appended",
    before: "a = 1\n\n[t]\nx = 1\n",
    edits: [remove("t")],
    after: "a = 1\n",
  },
  {
    name: "removing the last table of one without a header of its own",
    before: "a = 1\n\n[mp.O]\nx = 1\n",
    edits: [remove("mp.O")],
    after: "a = 1\n",
  },
  {
    name: "removing a table in the middle, with its sub-table",
    before: "[a]\nx = 1\n\n# about t\n[t]\ny = 1\n\n[b]\nz = 1\n[t.u]\nv = 1\n",
    edits: [remove("t")],
    after: "[a]\nx = 1\n\n# about t\n\n[b]\nz = 1\n",
  },
  {
    name: "removing from an inline table",
    before: "p = { a = 1, b = 2, c = 3 }\n",
    edits: [remove("p.b")],
    after: "p = { a = 1, c = 3 }\n",
  },
  {
    name: "removing the last of an inline table",
    before: "p = { a = 1, b = 2 }\n",
    edits: [remove("p.b")],
    after: "p = { a = 1 }\n",
  },
  {
    name: "removing the only one of an inline table",
    before: "p = { a = 1 }\n",
    edits: [remove("p.a")],
    after: "p = { }\n",
  },
  {
    name: "removing a line of an inline table",
    before: "p = {\n  a = 1, # one\n  b = 2, # two\n}\n",
    edits: [remove("p.a")],
    after: "p = {\n  b = 2, # two\n}\n",
  },
  {
    name: "a table that is taken away and written anew behind other keys",
    before: "",
    edits: [set("a.x", 1), set("b.x", 2), remove("b"), set("b.y", 3)],
    after: "[a]\nx = 1\n\n[b]\ny = 3\n",
  },
  {
    name: "putting back the user's own spelling",
    before: 'a = "new" # c\n',
    edits: [{ kind: "setRaw", path: ["a"], raw: "'''old'''" }],
    after: "a = '''old''' # c\n",
  },
  {
    name: "a brace on the line of the last element",
    before: "p = {\n  a = 1 }\nb = 2\n",
    edits: [set("p.c", 3)],
    after: "p = {\n  a = 1, c = 3 }\nb = 2\n",
  },
  {
    name: "a comment in an inline table without keys",
    before: "p = { # c\n}\n",
    edits: [set("p.a", 1)],
    after: "p = { a = 1 # c\n}\n",
  },
  {
    name: "the removal of dotted neighbours in an inline table",
    before: "p = { a.b = 1, a.c = 2, d = 3 }\n",
    edits: [remove("p.a")],
    after: "p = { d = 3 }\n",
  },
  {
    name: "the removal of all that an inline table holds",
    before: "p = { a.b = 1, a.c = 2 }\n",
    edits: [remove("p.a")],
    after: "p = { }\n",
  },
  {
    name: "the removal of the last key behind a comment about another one",
    before: "p = { a = 1, # one\n  b = 2 }\n",
    edits: [remove("p.b")],
    after: "p = { a = 1 # one\n }\n",
  },
];

describe("editToml", () => {
  for (const { name, before, edits, after } of CASES) {
    it(`handles ${name}`, () => {
      const result = editToml(before, edits);
      assert.equal(result, after);
      verifyEdit("toml", before, result, edits);
      assert.equal(editToml(result, edits), after, "a second time nothing changes");
    });
  }

  const refused: [string, string, KeyEdit, string, number, number][] = [
    ["a scalar where a table is needed", "a = 1\nmp = 1\n", set("mp.O", 1), "change/conflict", 1, 0],
    ["an array of tables on the path", "[[mp]]\nx = 1\n", set("mp.O", 1), "change/conflict", 0, 0],
    ["a table where the value goes", "[model.x]\ny = 1\n", set("model", "m"), "change/conflict", 0, 0],
    ["a dotted key where the value goes", "a = 1\nmodel.x = 1\n", set("model", "m"), "change/conflict", 1, 0],
    ["an array on the path", "mp = [1]\n", set("mp.O", 1), "change/conflict", 0, 0],
    ["a key that stands twice", "a = 1\na = 2\n", set("b", 1), "change/invalid-syntax", 1, 0],
    ["a table that stands twice", "[a]\nb = 1\n[a]\n", set("b", 1), "change/invalid-syntax", 2, 1],
    ["a missing value", "a = 1\nb =\n", set("c", 1), "change/invalid-syntax", 2, 0],
    ["typographic quotes", "a = “x”\n", set("c", 1), "change/invalid-syntax", 0, 4],
    ["a bare carriage return", "a = 1\rb = 2\n", set("c", 1), "change/invalid-syntax", 0, 5],
  ];
  for (const [name, before, edit, code, line, column] of refused) {
    it(`refuses ${name}, with the place`, () => {
      assert.throws(
        () => editToml(before, [edit]),
        (error) => {
          assert.ok(error instanceof Refusal);
          assert.deepEqual([error.code, error.where], [code, { line, column }]);
          return true;
        },
      );
    });
  }

  for (const before of [
    "",
    "\n",
    "# mine\n",
    "# mine\r\n",
    "[x]\ny = 1\n",
    "# of x\r\n[x]\r\ny = 1\r\n",
    "# mine\n\n[x]\ny = 1\n",
    "#:schema u\n\n[x]\ny = 1\n",
    "own = 1\n\n# of x\n[x]\n",
  ]) {
    it(`leaves no empty line behind when all that was added goes again: ${JSON.stringify(before)}`, () => {
      const after = editToml(before, [set("a", 1), set("b", 2), set("t.OpenAI.c", 3)]);
      assert.equal(editToml(after, [remove("a"), remove("b"), remove("t.OpenAI")]), before);
      assert.equal(editToml(after, [remove("t.OpenAI"), remove("b"), remove("a")]), before);
    });
  }

  it("keeps the empty line that parts a comment from the table below it", () => {
    assert.equal(editToml("# top\na = 1\n\n# of x\n[x]\n", [remove("a")]), "# top\n\n# of x\n[x]\n");
  });

  it("refuses a value its renderer would get wrong", () => {
    assert.throws(() => editToml("", [set("a", "\u0001\u0002")]), { code: "change/check-failed" });
  });
});
