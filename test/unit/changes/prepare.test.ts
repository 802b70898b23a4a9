import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { EditedFile } from "../../../src/changes/plan";
import { isUnchanged, noticesOf, prepareChange } from "../../../src/changes/prepare";
import type { RefusalCode } from "../../../src/changes/refusal";
import { planOf, refusalOf, remove, set, TemporaryStore } from "./temporaryStore";

interface BadFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly code: RefusalCode;
  readonly line?: number;
  readonly column?: number;
}

const BAD_TOML: readonly BadFile[] = [
  { name: "an unclosed string", content: 'x = 1\na = "open\n', code: "change/invalid-syntax", line: 1 },
  { name: "a key twice", content: "x = 1\nx = 2\n", code: "change/invalid-syntax", line: 1 },
  {
    name: "a lone carriage return",
    content: "x = 1\ry = 2\n",
    code: "change/invalid-syntax",
    line: 0,
    column: 5,
  },
  { name: "conflict markers", content: "<<<<<<< ours\nx = 1\n", code: "change/invalid-syntax", line: 0 },
  {
    name: "a scalar where the table should be",
    content: "\nmp = 1\n",
    code: "change/conflict",
    line: 1,
    column: 0,
  },
  { name: "an array of tables", content: "[[mp]]\n", code: "change/conflict", line: 0, column: 0 },
  {
    name: "a table where the value should be",
    content: "[mp.url]\n",
    code: "change/conflict",
    line: 0,
    column: 0,
  },
  { name: "an inline table there", content: "mp.url = {}\n", code: "change/conflict", line: 0, column: 0 },
  {
    name: "UTF-16",
    content: Buffer.from("\ufeffx = 1\n", "utf16le"),
    code: "change/encoding",
    line: 0,
    column: 0,
  },
  {
    name: "Latin-1",
    content: Buffer.from("x = 1\n# é\n", "latin1"),
    code: "change/encoding",
    line: 1,
    column: 0,
  },
  { name: "too much", content: Buffer.alloc(5_000_001, "#"), code: "change/too-large" },
];

const BAD_JSON: readonly BadFile[] = [
  { name: "a missing brace", content: '{ "a": 1', code: "change/invalid-syntax", line: 0 },
  {
    name: "a comment in plain JSON",
    content: '{\n// c\n"a": 1 }',
    code: "change/invalid-syntax",
    line: 1,
    column: 0,
  },
  {
    name: "a trailing comma in plain JSON",
    content: '{\n"a": 1,\n}',
    code: "change/invalid-syntax",
    line: 2,
    column: 0,
  },
  { name: "two roots", content: "{}\n{}", code: "change/invalid-syntax", line: 1, column: 0 },
  { name: "an array as root", content: "[]", code: "change/conflict", line: 0, column: 0 },
  {
    name: "null where the object should be",
    content: '{\n"mp": null }',
    code: "change/conflict",
    line: 1,
    column: 6,
  },
  { name: "a member twice", content: '{ "mp": {},\n"mp": {} }', code: "change/conflict", line: 1, column: 0 },
];

/** A sentence behind the one that tells what is wrong. */
const SAYS_WHAT_TO_DO = /[.;] [A-Z“][^.]+[.?]$/;

describe("prepare change", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const prepare = (...files: EditedFile[]) => prepareChange(fs, planOf(files));

  for (const [format, files] of [
    ["toml", BAD_TOML],
    ["json", BAD_JSON],
  ] as const) {
    for (const { name, content, code, line, column } of files) {
      it(`refuses ${format} with ${name} and touches nothing`, async () => {
        await home.write("config", content, 0o640);
        const mode = await home.mode("config");
        const edited =
          format === "toml"
            ? home.toml("config", set("mp.url", "u"))
            : home.json("config", set("mp.url", "u"));
        const refusal = await refusalOf(code, prepare(edited));
        assert.equal(refusal.where.path, home.path("config"));
        assert.equal(refusal.where.line, line);
        assert.match(refusal.message, SAYS_WHAT_TO_DO);
        if (column !== undefined) assert.equal(refusal.where.column, column);
        assert.deepEqual(await fs.readFile(home.path("config")), Buffer.from(content));
        assert.equal(await home.mode("config"), mode);
        assert.deepEqual(await home.names(), ["config"]);
      });
    }
  }

  it("refuses an invalid file even when there is nothing to edit in it", async () => {
    await home.write("config", "x =");
    await refusalOf("change/invalid-syntax", prepare(home.toml("config")));
  });

  it("refuses a directory and a second hard link", async () => {
    await fs.mkdir(home.path("directory"));
    await refusalOf("change/not-a-file", prepare(home.toml("directory", set("a", 1))));
    await home.write("config", "");
    await fs.link(home.path("config"), home.path("link"));
    await refusalOf("change/hard-linked", prepare(home.toml("config", set("a", 1))));
  });

  it("refuses a file that its owner has write-protected, unless nothing is to be written", async () => {
    await home.write("config", "a = 1\n", 0o444);
    const refusal = await refusalOf("change/no-permission", prepare(home.toml("config", set("a", 2))));
    assert.equal(refusal.where.path, home.path("config"));
    assert.match(refusal.message, SAYS_WHAT_TO_DO);
    const { files } = await prepare(home.toml("config", set("a", 1)));
    assert.equal(files[0]?.change, "unchanged");
  });

  it("never names a value of the file in a refusal", async () => {
    await home.write("config", "api_key = 'private words\n");
    const refusal = await refusalOf("change/invalid-syntax", prepare(home.toml("config", set("a", 1))));
    assert.doesNotMatch(refusal.message, /private/);
  });

  it("creates, updates, deletes and leaves alone", async () => {
    await home.write("old", "a = 1\n");
    await home.write("same", "a = 1\n");
    await home.write("gone", "a = 1\n");
    await home.write("json", '{\n\n  "a": 1\n}\n');
    const prepared = await prepare(
      home.toml("new", set("a", 1)),
      home.toml("old", set("a", 2)),
      home.toml("same", set("a", 1)),
      { ...home.toml("gone", remove("a")), deleteWhenEmpty: true },
      { ...home.json("json", remove("a")), deleteWhenEmpty: true },
      home.toml("none", remove("a")),
    );
    assert.deepEqual(
      prepared.files.map(({ change }) => change),
      ["created", "updated", "unchanged", "deleted", "deleted", "unchanged"],
    );
    assert.equal(isUnchanged(prepared), false);
    assert.equal(await home.read("old"), "a = 1\n");
  });

  it("says in a sentence what no diff shows: that nobody else may read a file with a key any more", async () => {
    const credential = true;
    await home.write("auth.json", '{"a":1}', 0o644);
    await home.write("own.json", '{"a":1}', 0o600);
    await home.write("open.toml", "a = 1\n", 0o644);
    const prepared = await prepare(
      { ...home.json("auth.json", set("a", 1)), credential },
      { ...home.json("own.json", set("a", 2)), credential },
      { ...home.json("new.json", set("a", 1)), credential },
      home.toml("open.toml", set("a", 2)),
    );
    assert.deepEqual(
      prepared.files.map(({ change }) => change),
      ["updated", "updated", "created", "updated"],
    );
    const change = { ...prepared, plan: { ...prepared.plan, notices: ["of the plan"] } };
    assert.deepEqual(noticesOf(change), ["of the plan", "auth.json: only you may read it from now on."]);
  });

  it("starts a new file from the text given", async () => {
    const { files } = await prepare({ ...home.json("auth.json", set("a", 1)), newFileText: "{\n}" });
    assert.equal(Buffer.from(files[0]?.after ?? []).toString(), '{\n  "a": 1\n}');
  });

  it("keeps the byte order mark, and drops it where the program cannot read one", async () => {
    await home.write("config", "\ufeffa = 1\n");
    const edited = home.toml("config", set("a", 2));
    const { files } = await prepare(edited, { ...edited, dropByteOrderMark: true });
    assert.equal(Buffer.from(files[0]?.after ?? []).toString(), "\ufeffa = 2\n");
    assert.equal(Buffer.from(files[1]?.after ?? []).toString(), "a = 2\n");
  });

  it("does not delete a file that was empty before", async () => {
    await home.write("config", "{ }\n");
    const { files } = await prepare({ ...home.json("config", remove("a")), deleteWhenEmpty: true });
    assert.equal(files[0]?.change, "unchanged");
  });
});
