import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { forgetKeys } from "../../../../../src/changes/history/scrub/forgetKeys";
import { scrubBackups } from "../../../../../src/changes/history/scrub/scrubBackups";
import { recordEntries } from "../../../../../src/changes/history/journal/journal";
import { API_KEY, set, setSecret, systemError, TemporaryStore } from "../../temporaryStore";

describe("taking keys out of the backups", () => {
  /** Of no shape that anybody could know. */
  const OUR_KEY = "a key of ours";
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const backups = async () => (await fs.readdir(home.path("store/backups"))).sort();
  const contents = async () =>
    Promise.all((await backups()).map((name) => fs.readFile(home.path(`store/backups/${name}`), "utf8")));
  const keyFile = (content: string) =>
    ({ kind: "replace", path: home.path("key"), content: Buffer.from(content), credential: true }) as const;
  const auth = (key: string) => ({ ...home.json("auth.json", setSecret("k", key)), credential: true });

  it("takes the whole copy where the key is spelled in a way that nobody can cut out", async () => {
    const config = (key: string) => ({ ...home.toml("config", setSecret("k", key)), credential: true });
    await home.apply(config(OUR_KEY));
    await home.write("config", `# notes\nk = """a key \\\n  of ours"""\n`);
    await home.apply(config("another"));
    await scrubBackups(home.store, undefined);
    assert.deepEqual(await contents(), [""]);
  });

  it("finds what we wrote into a key file wherever else it stands", async () => {
    await home.apply(keyFile(`${OUR_KEY}\n`));
    await home.apply(keyFile("another\n"));
    await home.write("auth.json", `{ "k": "${OUR_KEY}" }`);
    await home.apply(auth("another"));
    await home.write("config", `a = 1 # ${OUR_KEY}\n`);
    await home.apply(home.toml("config", set("a", 2)));
    await scrubBackups(home.store, undefined);
    assert.deepEqual(await contents(), ["", '{ "k": "" }', "a = 1 # \n"]);
  });

  it("finds in another file what stands in a key file still, of which there is no copy", async () => {
    await home.apply(keyFile(`${OUR_KEY}\n`));
    await home.write("auth.json", `{ "k": "${OUR_KEY}" }`);
    await home.apply(auth("another"));
    await scrubBackups(home.store, undefined);
    assert.deepEqual(await contents(), ['{ "k": "" }']);
  });

  it("keeps the keys that are stored still, and takes the one they replaced", async () => {
    await home.apply(auth(API_KEY));
    await home.apply(auth(OUR_KEY));
    await home.apply(auth("another"));
    await scrubBackups(home.store, API_KEY, [OUR_KEY]);
    assert.deepEqual(
      (await contents()).map((text) => [text.includes(API_KEY), text.includes(OUR_KEY)]),
      [
        [false, false],
        [false, true],
      ],
    );
  });

  it("leaves a copy without a key untouched, also one of an empty file", async () => {
    await home.write("empty", "\n");
    await home.write("config", "a = 1\n");
    await home.apply(home.toml("empty", set("a", 2)), home.toml("config", set("a", 2)));
    const files = async () =>
      Promise.all(
        (await backups()).map(async (name) => (await fs.stat(home.path(`store/backups/${name}`))).ino),
      );
    const before = await files();
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await files(), before);
    assert.deepEqual(await contents(), ["\n", "a = 1\n"]);
  });

  it("keeps what we wrote into files that hold no key", async () => {
    const notes = (content: string) => ({ ...keyFile(content), path: home.path("notes"), credential: false });
    await home.apply(notes("one\n"));
    await home.apply(notes("two\n"));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ["one\n"]);
  });

  it("closes a copy that others could read", async () => {
    await home.write("auth.json", `{ "k": "${API_KEY}" }`);
    await home.apply(auth("another"));
    const [name = ""] = await backups();
    await fs.chmod(home.path(`store/backups/${name}`), 0o644);
    await scrubBackups(home.store, API_KEY);
    assert.equal(await home.mode(`store/backups/${name}`), 0o600);
  });

  it("goes on where a copy is gone", async () => {
    for (const key of [API_KEY, OUR_KEY, "another"]) await home.apply(auth(key));
    const [first = ""] = await backups();
    await fs.rm(home.path(`store/backups/${first}`));
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{\n  "k": ""\n}\n']);
  });

  it("goes on where a left-over that it was about to delete is gone", async () => {
    await home.apply(auth(API_KEY));
    await home.apply(auth("another"));
    const readdir = (async (folder: string) => [
      ...(await fs.readdir(folder)),
      "gone.tmp",
    ]) as typeof fs.readdir;
    home.fs = { ...fs, readdir };
    await scrubBackups(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{\n  "k": ""\n}\n']);
  });

  it("deletes what a crash left half written in the store, and nothing else there", async () => {
    await home.apply(auth(API_KEY));
    await home.write("store/.journal.json.x.tmp", API_KEY);
    await home.write("store/other", "theirs");
    await scrubBackups(home.store, API_KEY);
    const names = (await fs.readdir(home.path("store"))).sort();
    assert.deepEqual(names, ["journal.json", "locks", "other"]);
  });

  it("reaches copies that were set aside by a move that broke off before the journal", async () => {
    await fs.mkdir(home.path("store/damaged-1/backups"), { recursive: true });
    await home.write("store/damaged-1/backups/copy", `x ${API_KEY} y`);
    await scrubBackups(home.store, undefined);
    assert.equal(await home.read("store/damaged-1/backups/copy"), "x  y");
  });

  it("goes on although a file cannot be brought back now", async () => {
    await home.apply(auth(API_KEY));
    const unfinished = await home.apply(auth("another"));
    assert.ok(unfinished);
    await recordEntries(home.store, { ...unfinished, state: "writing" });
    const rename: typeof fs.rename = (from, to) =>
      to === home.path("auth.json") ? Promise.reject(systemError("EROFS")) : fs.rename(from, to);
    home.fs = { ...fs, rename };
    await forgetKeys(home.store, API_KEY);
    assert.deepEqual(await contents(), ['{\n  "k": ""\n}\n']);
    assert.deepEqual(
      (await home.journal()).map(({ state }) => state),
      ["done", "writing"],
    );
  });
});

describe("how many backups are kept of a file that is replaced as a whole", () => {
  it("is ten: the first and the nine newest", async () => {
    const home = await TemporaryStore.make();
    const replace = (content: string) =>
      ({
        kind: "replace",
        path: home.path("notes"),
        content: Buffer.from(content),
        credential: false,
      }) as const;
    await home.write("notes", "0");
    for (let number = 1; number <= 15; number++) await home.apply(replace(`${number}`));
    const names = await fs.readdir(home.path("store/backups"));
    const kept = await Promise.all(names.map((name) => home.read(`store/backups/${name}`)));
    const expected = [0, 6, 7, 8, 9, 10, 11, 12, 13, 14].map(String);
    assert.deepEqual(kept.sort(), expected.sort());
    await home.remove();
  });
});
