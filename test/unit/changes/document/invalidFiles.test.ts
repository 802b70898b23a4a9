import assert from "node:assert/strict";
import { editJson } from "../../../../src/changes/document/json/editJson";
import { Refusal } from "../../../../src/changes/refusal";
import { editToml } from "../../../../src/changes/document/toml/editToml";
import { remove, set } from "../temporaryStore";

const TOML: readonly string[] = [
  "a",
  "a =",
  "= 1",
  "a = 1 b = 2",
  "a = 1\na = 2",
  "[t]\n[t]",
  "[t",
  "[t]]",
  "[[t]",
  "[t]\na = 1\n[t.a]",
  "a.b = 1\na = 2",
  "a = 1\na.b = 2",
  "[a]\nb = 1\n[[a]]",
  "[[a]]\n[a]",
  "a = { b = 1 }\n[a.c]",
  "a = { b = 1, b = 2 }",
  "a = { , }",
  "a = [1, , 2]",
  "a = [1",
  "a = {",
  'a = "open',
  "a = 'open",
  'a = """open',
  "a = '''open",
  'a = "\\q"',
  'a = "\\ud800"',
  'a = "\u0001"',
  "a = 01",
  "a = 1__0",
  "a = 1.",
  "a = .5",
  "a = 0xG",
  "a = truE",
  "a = 2026-13-01",
  "a = 25:00:00",
  "a = nul",
  "é = 1",
  "a b = 1",
  "a..b = 1",
  ".a = 1",
  "a = 1 # \u0000",
  "a = 1\r",
  "# c\rb = 1",
  "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs",
  "\ufeffa = 1",
];

const JSONC: readonly string[] = [
  "{",
  "}",
  "{}}",
  "{} {}",
  '{ "a" }',
  '{ "a": }',
  '{ "a": 1 "b": 2 }',
  '{ "a": 1,, }',
  "{ , }",
  "{ a: 1 }",
  "{ 'a': 1 }",
  "{ \"a\": '1' }",
  '{ "a": 01 }',
  '{ "a": 1. }',
  '{ "a": +1 }',
  '{ "a": 0x10 }',
  '{ "a": NaN }',
  '{ "a": undefined }',
  '{ "a": True }',
  '{ "a": "open }',
  '{ "a": "line\nbreak" }',
  '{ "a": "\\q" }',
  '{ "a": "\\u12" }',
  '{ "a": "\u0001" }',
  '{ "a": [1, }',
  '{ "a": [,] }',
  "{ /* open }",
  "{ # c\n}",
  '<<<<<<< ours\n{ "a": 1 }\n=======\n{ "a": 2 }\n>>>>>>> theirs',
  "\ufeff{}",
  "a",
];

const isRefused = (error: unknown) =>
  error instanceof Refusal &&
  error.code === "change/invalid-syntax" &&
  error.where.line !== undefined &&
  error.where.column !== undefined;

describe("invalid files", () => {
  for (const text of TOML) {
    it(`TOML ${JSON.stringify(text)} is refused with its place, whatever the edit`, () => {
      for (const edits of [[], [set("z", 1)], [set("a.z", 1)], [remove("a")]]) {
        assert.throws(() => editToml(text, edits), isRefused);
      }
    });
  }

  for (const text of JSONC) {
    it(`JSON ${JSON.stringify(text)} is refused with its place, whatever the edit`, () => {
      for (const edits of [[], [set("z", 1)], [set("a.z", 1)], [remove("a")]]) {
        assert.throws(() => editJson(text, edits, { allowComments: true }), isRefused);
      }
    });
  }
});
