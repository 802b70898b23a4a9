import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { scrubBackups } from "../../../src/changes/backups";
import type { EditedFile } from "../../../src/changes/changePlan";
import { recordEntries } from "../../../src/changes/journal";
import { API_KEY, set, setSecret, TemporaryStore } from "./temporaryStore";

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

  it("finds nothing to do without a store", async () => {
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await home.names(), []);
  });
});
