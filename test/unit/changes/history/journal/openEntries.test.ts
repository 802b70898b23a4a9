import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { hashBytes } from "../../../../../src/changes/store";
import {
  API_KEY,
  planOf,
  refusalOf,
  remove,
  set,
  setSecret,
  systemError,
  TemporaryStore,
} from "../../temporaryStore";

describe("what is noted of a change", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const hashOfText = (text: string) => hashBytes(Buffer.from(text));

  it("is enough to go back: of a new file", async () => {
    const entry = await home.apply({
      ...home.toml("new/deep/config", set("a", 1), setSecret("key", API_KEY)),
      credential: true,
    });
    const { edits, ...file } = entry?.files[0] ?? { edits: [] };
    assert.deepEqual(file, {
      path: home.path("new/deep/config"),
      change: "created",
      credential: true,
      format: "toml",
      afterHash: hashOfText((await home.read("new/deep/config")) ?? ""),
      newFolder: home.path("new"),
    });
    assert.deepEqual(
      edits.map(({ path: key, secret, before, original }) => ({ key, secret, before, original })),
      [
        { key: ["a"], secret: undefined, before: null, original: {} },
        { key: ["key"], secret: true, before: null, original: {} },
      ],
    );
  });

  it("is enough to go back: of one that was there", async () => {
    await home.write("config", "a = 1\n", 0o640);
    const entry = await home.apply({ ...home.toml("config", remove("a")), deleteWhenEmpty: true });
    const [file] = entry?.files ?? [];
    assert.ok(file?.backup);
    const { edits, backup, ...rest } = file;
    assert.deepEqual(rest, {
      path: home.path("config"),
      change: "deleted",
      credential: false,
      format: "toml",
      beforeHash: hashOfText("a = 1\n"),
      mode: 0o640,
    });
    assert.deepEqual([edits.length, edits[0]?.valueHash], [1, undefined]);
    assert.equal(path.dirname(backup), home.path("store/backups"));
  });

  it("is nothing of a file that stays as it is", async () => {
    await home.write("same", "a = 1\n");
    const entry = await home.apply(home.toml("same", set("a", 1)), home.toml("other", set("a", 1)));
    assert.deepEqual(
      entry?.files.map((file) => file.path),
      [home.path("other")],
    );
  });

  it("has a copy of its own for each file, also of two with one name", async () => {
    for (const folder of ["one", "two"]) {
      await fs.mkdir(home.path(folder));
      await home.write(`${folder}/config`, `a = '${folder}'\n`);
    }
    const edit = set("a", 1);
    const entry = await home.apply(home.toml("one/config", edit), home.toml("two/config", edit));
    const copies = entry?.files.map(({ backup }) => fs.readFile(backup ?? "", "utf8")) ?? [];
    assert.deepEqual(await Promise.all(copies), ["a = 'one'\n", "a = 'two'\n"]);
  });

  it("has the client and an id that tells when and which: parts of one question share its beginning", async () => {
    const codex = { ...planOf([home.toml("one", set("a", 1))]), client: "codex" };
    const [first, second] = await home.applyPlans(codex, planOf([home.toml("two", set("a", 1))]));
    assert.deepEqual([first?.client, second?.client], ["codex", undefined]);
    assert.ok(first?.group);
    assert.match(first.group, /^\d{17}-[0-9a-f]{6}$/);
    assert.deepEqual([first.id, second?.id], [`${first.group}-0`, `${first.group}-1`]);
    const alone = await home.apply(home.toml("one", set("a", 2)));
    assert.match(alone?.id ?? "", /^\d{17}-[0-9a-f]{6}$/);
    assert.equal(alone?.id.slice(0, 17), alone?.time.replace(/\D/g, ""));
  });

  it("leaves no copy behind when it cannot be kept, and is refused as what it is", async () => {
    await home.write("config", "a = 1\n");
    const rename: typeof fs.rename = (from, to) =>
      to === home.path("store/journal.json") ? Promise.reject(systemError("EACCES")) : fs.rename(from, to);
    home.fs = { ...fs, rename };
    const refusal = await refusalOf("change/no-permission", home.apply(home.toml("config", set("a", 2))));
    assert.equal(refusal.where.path, home.path("store"));
    assert.equal(await home.read("config"), "a = 1\n");
    assert.deepEqual(await fs.readdir(home.path("store/backups")), []);
  });
});
