import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { forgetKeys } from "../../../../src/changes/history/scrub/forgetKeys";
import { scrubBackups } from "../../../../src/changes/history/scrub/scrubBackups";
import type { EditedFile } from "../../../../src/changes/plan";
import { recordEntries } from "../../../../src/changes/history/journal/journal";
import { API_KEY, set, setSecret, systemError, TemporaryStore } from "../temporaryStore";

const EARLIER_KEY = "sk-" + "cd34".repeat(16);

describe("backups", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const names = async () => (await fs.readdir(home.path("store/backups"))).sort();
  const contents = async () =>
    Promise.all((await names()).map((name) => fs.readFile(home.path(`store/backups/${name}`), "utf8")));
  const auth = (key: string): EditedFile => ({
    ...home.json("auth.json", setSecret("OPENAI_API_KEY", key)),
    credential: true,
  });

  it("keeps ten of each file: the first and the nine newest", async () => {
    await home.write("config", "a = 0\n");
    await home.write("other", "b = 0\n");
    await home.apply(home.toml("other", set("b", 1)));
    for (let number = 1; number <= 15; number++) await home.apply(home.toml("config", set("a", number)));
    const kept = [0, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((number) => `a = ${number}\n`);
    assert.deepEqual((await contents()).sort(), [...kept, "b = 0\n"].sort());
  });

  it("keeps the first change of a file in the journal, however many follow", async () => {
    await home.write("config", "a = 0\n");
    const first = await home.apply(home.toml("config", set("a", 1)));
    assert.ok(first);
    for (let number = 1; number <= 60; number++)
      await recordEntries(home.store, { ...first, id: `later-${number}` });
    const ids = (await home.journal()).map(({ id }) => id);
    assert.equal(ids.length, 51);
    assert.deepEqual([ids[0], ids[1], ids[50]], [first.id, "later-11", "later-60"]);
  });

  it("deletes what no change names any more", async () => {
    await home.write("config", "a = 0\n");
    await home.apply(home.toml("config", set("a", 1)));
    await home.write("store/backups/left-over", API_KEY);
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ["a = 0\n"]);
  });

  it("forgets the key given and every earlier one of ours, and nothing else", async () => {
    await home.write("auth.json", '{ "OPENAI_API_KEY": "their own", "x": "é" }');
    await home.apply(auth(EARLIER_KEY));
    await home.apply(auth(API_KEY));
    await home.apply(auth("another"));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), [
      '{ "OPENAI_API_KEY": "their own", "x": "é" }',
      '{ "OPENAI_API_KEY": "", "x": "é" }',
      '{ "OPENAI_API_KEY": "", "x": "é" }',
    ]);
    for (const name of await names()) assert.equal(await home.mode(`store/backups/${name}`), 0o600);
  });

  it("forgets keys in the backups of an undo", async () => {
    const entry = await home.apply(auth(EARLIER_KEY));
    await home.undo(entry);
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{\n  "OPENAI_API_KEY": ""\n}\n']);
  });

  it("forgets keys in the backups of an undo key by key", async () => {
    await home.write("auth.json", '{ "OPENAI_API_KEY": "their own" }');
    const entry = await home.apply(auth(EARLIER_KEY));
    await home.write("auth.json", `{ "new": 1, "OPENAI_API_KEY": "${EARLIER_KEY}" }`);
    await home.undo(entry);
    await scrubBackups(home.store, API_KEY);
    assert.equal((await contents()).join().includes(EARLIER_KEY), false);
    assert.equal(await home.read("auth.json"), '{ "new": 1, "OPENAI_API_KEY": "their own" }');
  });

  it("empties a key file of ours, and keeps one that was there before", async () => {
    const replace = (content: string) =>
      ({ kind: "replace", path: home.path("key"), content: Buffer.from(content), credential: true }) as const;
    await home.write("key", "their own");
    await home.apply(replace(EARLIER_KEY));
    await home.apply(replace(API_KEY));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ["their own", ""]);
  });

  it("keeps the user's own key that an undo of ours put back", async () => {
    await home.write("auth.json", '{ "OPENAI_API_KEY": "their own" }');
    await home.undo(await home.apply(auth(EARLIER_KEY)));
    await home.apply(auth(API_KEY));
    await scrubBackups(home.store, API_KEY);
    const [first, second, third] = await contents();
    assert.deepEqual([first, third], Array(2).fill('{ "OPENAI_API_KEY": "their own" }'));
    assert.equal(second, '{ "OPENAI_API_KEY": "" }');
  });

  it("knows a key of ours when the change that wrote it has left the journal", async () => {
    await home.write("auth.json", '{ "OPENAI_API_KEY": "their own" }');
    await home.write("config", "");
    await home.apply(auth("first"));
    await home.apply(auth("ours, long ago"));
    const next = await home.apply(auth("another"));
    const other = await home.apply(home.toml("config", set("a", 1)));
    assert.ok(next && other);
    const later = Array.from({ length: 48 }, (_, index) => ({ ...other, id: `later-${index}` }));
    await recordEntries(home.store, ...later);
    assert.ok((await home.journal()).some(({ id }) => id === next.id));
    assert.equal((await home.journal()).length, 51);
    await scrubBackups(home.store, undefined);
    assert.equal((await contents()).join().includes("ours, long ago"), false);
  });

  for (const [encoding, encode] of [
    ["UTF-16, as PowerShell writes it", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 with the high byte first", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ] as const) {
    it(`forgets keys in ${encoding}`, async () => {
      const replace = (content: string) =>
        ({ kind: "replace", path: home.path("x"), content: Buffer.from(content), credential: true }) as const;
      await home.apply(replace(`${EARLIER_KEY}\n`));
      await home.write("x", encode(`one ${EARLIER_KEY} two ${API_KEY}`));
      await home.apply(replace(""));
      await scrubBackups(home.store, API_KEY);
      const [name = ""] = await names();
      assert.deepEqual(await fs.readFile(home.path(`store/backups/${name}`)), encode("one  two "));
    });
  }

  it("forgets keys that are spelled with escapes", async () => {
    const escaped = (key: string) => `\\u0073\\u006B${key.slice(2)}`;
    await home.apply(auth(EARLIER_KEY));
    await home.write(
      "auth.json",
      `{ "OPENAI_API_KEY": "${escaped(EARLIER_KEY)}", "x": "${escaped(API_KEY)}" }`,
    );
    await home.apply(auth("another"));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{ "OPENAI_API_KEY": "", "x": "" }']);
  });

  it("forgets keys in a file that cannot be read, and in those after it", async () => {
    await home.apply(auth(EARLIER_KEY));
    await home.write("auth.json", `{ "OPENAI_API_KEY": "${EARLIER_KEY}"`);
    const back = { kind: "replace", path: home.path("auth.json"), credential: true } as const;
    const keys = { format: "json", edits: [{ path: ["OPENAI_API_KEY"], secret: true }] } as const;
    await home.apply({ ...back, content: Buffer.from(`{ "OPENAI_API_KEY": "${API_KEY}" }`), keys });
    await home.apply(auth("another"));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{ "OPENAI_API_KEY": ""', '{ "OPENAI_API_KEY": "" }']);
  });

  it("goes on where it stopped", async () => {
    await home.apply(auth(EARLIER_KEY));
    await home.apply(auth(API_KEY));
    await home.apply(auth("another"));
    let renames = 0;
    const rename: typeof fs.rename = (from, to) =>
      ++renames > 1 ? Promise.reject(systemError("EIO")) : fs.rename(from, to);
    home.fs = { ...fs, rename };
    await assert.rejects(scrubBackups(home.store, API_KEY));
    assert.equal((await contents()).join().includes(EARLIER_KEY), false);
    assert.equal((await contents()).join().includes(API_KEY), true);
    home.fs = fs;
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), Array(2).fill('{\n  "OPENAI_API_KEY": ""\n}\n'));
  });

  it("forgets keys in a damaged journal that was set aside", async () => {
    await home.apply(auth(EARLIER_KEY));
    await home.write("store/journal.json", `[{ "broken": "${EARLIER_KEY}"`);
    await scrubBackups(home.store, API_KEY);
    const [folder = ""] = (await fs.readdir(home.path("store"))).filter((name) =>
      name.startsWith("damaged-"),
    );
    assert.equal(await home.read(`store/${folder}/journal.json`), '[{ "broken": ""');
  });

  it("forgets keys beside a file that a crash left half written", async () => {
    const entry = await home.apply(auth(EARLIER_KEY));
    assert.ok(entry);
    await recordEntries(home.store, { ...entry, state: "writing" });
    await home.write(`.auth.json.${entry.id}.tmp`, EARLIER_KEY);
    await forgetKeys(home.store, EARLIER_KEY);
    assert.deepEqual(await home.names(), []);
  });

  it("finds nothing to do without a store", async () => {
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await home.names(), []);
  });
});
