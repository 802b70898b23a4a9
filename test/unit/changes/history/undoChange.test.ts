import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { EditedFile } from "../../../../src/changes/plan";
import { scrubBackups } from "../../../../src/changes/history/scrub/scrubBackups";
import type { JournalEntry } from "../../../../src/changes/store";
import { undoableEntries } from "../../../../src/changes/history/undoableEntries";
import { planUndo } from "../../../../src/changes/history/undoChange";
import { API_KEY, remove, set, setSecret, TemporaryStore } from "../temporaryStore";

const PROVIDER = "model_providers.OpenAI";

describe("undo change", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const configure = (): EditedFile =>
    home.toml(
      "config.toml",
      set("model_provider", "OpenAI"),
      set("model", "gpt-5.5"),
      set(`${PROVIDER}.name`, "OpenAI"),
      set(`${PROVIDER}.base_url`, "https://gateway.test"),
    );

  it("gives back the very bytes of every file, last written first", async () => {
    const login = '{"tokens": {"access_token": "made up"}}';
    await home.write("auth.json", login, 0o600);
    await home.write("config.toml", "\ufeffmodel = 'x' # mine\r\n\r\n");
    const entry = await home.apply(
      { ...home.json("auth.json", setSecret("OPENAI_API_KEY", API_KEY)), credential: true },
      configure(),
    );
    assert.ok(entry);
    const { files, undoes } = await planUndo(home.store, entry);
    assert.deepEqual(
      files.map(({ path }) => path),
      [home.path("config.toml"), home.path("auth.json")],
    );
    assert.equal(undoes, entry.id);
    const { notices } = await home.undo(entry);
    assert.deepEqual(notices, []);
    assert.equal(await home.read("auth.json"), login);
    assert.equal(await home.read("config.toml"), "\ufeffmodel = 'x' # mine\r\n\r\n");
  });

  it("deletes a file that the change created", async () => {
    await home.undo(await home.apply(configure()));
    assert.deepEqual(await home.names(), []);
  });

  it("brings a deleted file back", async () => {
    await home.write("config.toml", "a = 1\n");
    const entry = await home.apply({ ...home.toml("config.toml", remove("a")), deleteWhenEmpty: true });
    assert.equal(await home.read("config.toml"), undefined);
    await home.undo(entry);
    assert.equal(await home.read("config.toml"), "a = 1\n");
  });

  it("gives a deleted file its permissions back", async () => {
    await home.write("config.toml", "a = 1\n", 0o640);
    const entry = await home.apply({ ...home.toml("config.toml", remove("a")), deleteWhenEmpty: true });
    const undone = await home.undo(entry);
    assert.equal(await home.mode("config.toml"), 0o640);
    await home.undo(undone.entry);
    assert.deepEqual(await home.names(), []);
  });

  it("gives a deleted credential file to the user alone", async () => {
    await home.write("auth.json", '{"a":1}', 0o644);
    const entry = await home.apply({
      ...home.json("auth.json", remove("a")),
      deleteWhenEmpty: true,
      credential: true,
    });
    await home.undo(entry);
    assert.equal(await home.mode("auth.json"), 0o600);
  });

  it("deletes a folder that was made for the change, unless something else is in it by now", async () => {
    const first = await home.apply(home.toml("new/deep/config.toml", set("a", 1)));
    const undone = await home.undo(first);
    assert.deepEqual(await home.names(), []);
    const again = await home.undo(undone.entry);
    assert.equal(await home.read("new/deep/config.toml"), "a = 1\n");
    await home.write("new/history", "theirs");
    await home.undo(again.entry);
    assert.deepEqual(await fs.readdir(home.path("new")), ["history"]);
  });

  it("goes key by key when Codex saved the file its own way and the user wrote on", async () => {
    await home.write(
      "config.toml",
      '\ufeff# mine\r\nmodel = "gpt-4" # why\r\n\r\n[projects.a]\r\ntrust = true\r\n',
    );
    const entry = await home.apply(configure());
    const resaved = ((await home.read("config.toml")) ?? "").replace("\ufeff", "").replaceAll("\r\n", "\n");
    await home.write("config.toml", `${resaved}\n[projects.b]\ntrust = false\n`);
    const { notices } = await home.undo(entry);
    assert.deepEqual(notices, []);
    assert.equal(
      await home.read("config.toml"),
      '# mine\nmodel = "gpt-4" # why\n\n[projects.a]\ntrust = true\n\n[projects.b]\ntrust = false\n',
    );
  });

  it("puts the user's own spelling back", async () => {
    await home.write("config.toml", "model = '''gpt-4''' # why\n");
    const entry = await home.apply(configure());
    await home.write("config.toml", `# new\n${await home.read("config.toml")}`);
    await home.undo(entry);
    assert.equal(await home.read("config.toml"), "# new\nmodel = '''gpt-4''' # why\n");
  });

  it("keeps every digit and blank of a JSON value", async () => {
    await home.write("opencode.json", '{\n  "limit": {"big":12345678901234567890,  "x":1.0},\n  "b": 1\n}\n');
    const entry = await home.apply(home.json("opencode.json", remove("limit")));
    await home.write("opencode.json", '{\n  "b": 2\n}\n');
    await home.undo(entry);
    assert.equal(
      await home.read("opencode.json"),
      '{\n  "b": 2,\n  "limit": {"big":12345678901234567890,  "x":1.0}\n}\n',
    );
  });

  /** Takes a key out, writes a line above everything, and undoes the change. */
  const takenOutAndBack = async (file: EditedFile, line: string): Promise<string | undefined> => {
    const entry = await home.apply(file);
    const name = path.basename(file.path);
    await home.write(name, `${line}\n${await home.read(name)}`);
    await home.undo(entry);
    return home.read(name);
  };

  for (const [name, text, key] of [
    ["beside a value", "a = 1\nb = 2 # why\n", "b"],
    ["of a table", "a = 1\n\n[t] # t\nx = 1 # x\ny = [ # y\n  2, # two\n] # end\n", "t"],
    ["directly above", "# about a\na = 1 # why\n# about b\nb = 2\n\n[t]\nc = 3\n", "a"],
    ["directly above, in a table", "[t]\r\n  # about a\r\n  a = 1 # why\r\n  b = 2\r\n", "t.a"],
    ["directly above, in the second table", "[s]\nx = 1\n\n[t]\n# about a\na = 1\n# about b\nb = 2\n", "t.a"],
    ["in an inline table with lines", "t = {\n  a = 1, # one\n  b = 2, # two\n}\n", "t.b"],
  ] as const) {
    it(`gives back a comment of TOML ${name}`, async () => {
      await home.write("config.toml", text);
      const after = await takenOutAndBack(home.toml("config.toml", remove(key)), "# new");
      assert.equal(after, `# new\n${text}`);
    });
  }

  it("gives back a comment of TOML that nothing else stands beside, parted from the one above all", async () => {
    await home.write("config.toml", "a = 1 # why\n");
    const after = await takenOutAndBack(home.toml("config.toml", remove("a")), "# new");
    assert.equal(after, "# new\n\na = 1 # why\n");
    await home.write("config.toml", "b = 1\n\n[t] # none\n");
    const table = await takenOutAndBack(home.toml("config.toml", remove("t")), "# new");
    assert.equal(table, "# new\nb = 1\nt = {} # none\n");
  });

  for (const [name, text, key] of [
    ["beside a member", '{\n  "a": 1, // one\n  "b": 2 // two\n}\n', "b"],
    ["in front of the comma", '{\n  "a": 1, // one\n  "b": 2 /* two */ // more\n}\n', "b"],
    ["directly above", '{\n  // about a\n  "a": 1, // one\n  // about b\n  "b": 2 // two\n}\n', "a"],
    [
      "directly above, below one of another",
      '{\n  // about a\n  "a": 1,\n  // about b\n  "b": 2,\n  "c": 3\n}\n',
      "b",
    ],
    ["beside a member, not below that of another", '{\n  // about a\n  "a": 1,\n  "b": 2 // two\n}\n', "b"],
    ["directly above the last", '{\n  "a": 1,\n  /* about\n     b */\n  "b": 2 // two\n}\n', "b"],
    ["beside the only member", '{\n  "a": 1 // one\n}\n', "a"],
    ["below another", '{\n  "o": {\n    // about a\n    "a": 1, // one\n    "b": 2\n  }\n}\n', "o.a"],
  ] as const) {
    it(`gives back a comment of JSONC ${name}`, async () => {
      await home.write("opencode.jsonc", text);
      const file: EditedFile = { ...home.json("opencode.jsonc", remove(key)), format: "jsonc" };
      assert.equal(await takenOutAndBack(file, "// new"), `// new\n${text}`);
    });
  }

  it("gives a comment back where no line of its own is left for it", async () => {
    await home.write("opencode.jsonc", '{ "o": { "x": 1,\n  "a": 1 // one */\n} }\n');
    const file: EditedFile = { ...home.json("opencode.jsonc", remove("o.a")), format: "jsonc" };
    const entry = await home.apply(file);
    await home.write("opencode.jsonc", '{ "o": { "x": 1 } }\n');
    await home.undo(entry);
    assert.equal(await home.read("opencode.jsonc"), '{ "o": { "x": 1, "a": 1 /* one * / */ } }\n');
    await home.write("config.toml", "t = {\n  a = 1, # one\n  b = 2, # two\n}\n");
    const other = await home.apply(home.toml("config.toml", remove("t.b")));
    await home.write("config.toml", "t = { a = 1 }\n");
    await home.undo(other);
    assert.equal(await home.read("config.toml"), "t = { a = 1, b = 2 # two\n }\n");
  });

  it("leaves what the user wants to keep, wherever else the file has gone", async () => {
    const kept = '\n[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "https://gateway.test"\n';
    const keep = ["model_providers", "OpenAI"];
    for (const later of ["", "[projects.b]\ntrust = false\n"]) {
      await home.write("config.toml", "# mine\r\nmodel = 'gpt-4'\r\n");
      const entry = await home.apply(configure());
      assert.ok(entry);
      await home.write("config.toml", `${await home.read("config.toml")}${later}`);
      await home.applyPlan(() => planUndo(home.store, entry, keep));
      const expected = `# mine\nmodel = 'gpt-4'\n${kept}`.replaceAll("\n", "\r\n") + later;
      assert.equal(await home.read("config.toml"), expected);
    }
  });

  it("leaves no empty table behind that it made", async () => {
    await home.write("config.toml", "a = 1\n");
    const entry = await home.apply(configure());
    await home.write("config.toml", `${await home.read("config.toml")}\n[projects.a]\ntrust = true\n`);
    await home.undo(entry);
    assert.equal(await home.read("config.toml"), "a = 1\n\n[projects.a]\ntrust = true\n");
  });

  it("leaves a table that the user has written into", async () => {
    await home.write("config.toml", "a = 1\n");
    const entry = await home.apply(configure());
    await home.write("config.toml", `${await home.read("config.toml")}query_params = 1\n`);
    await home.undo(entry);
    assert.equal(await home.read("config.toml"), "a = 1\n\n[model_providers.OpenAI]\nquery_params = 1\n");
  });

  it("leaves an empty table that was there before", async () => {
    await home.write("config.toml", "[model_providers]\n");
    const entry = await home.apply(home.toml("config.toml", set("model_providers.a", "x")));
    await home.write("config.toml", `# new\n${await home.read("config.toml")}`);
    await home.undo(entry);
    assert.equal(await home.read("config.toml"), "# new\n[model_providers]\n");
  });

  it("brings back every key of a table that was removed", async () => {
    await home.write(
      "config.toml",
      '[model_providers.OpenAI]\nname = "x"\nenv = { a = 1 }\n\n[model_providers.OpenAI.more]\nb = 0x1F\n',
    );
    const entry = await home.apply(home.toml("config.toml", remove(PROVIDER)));
    await home.write("config.toml", "model = 1\n");
    const { notices } = await home.undo(entry);
    assert.deepEqual(notices, []);
    assert.equal(
      await home.read("config.toml"),
      'model = 1\n\n[model_providers.OpenAI]\nname = "x"\nenv = { a = 1 }\n\n[model_providers.OpenAI.more]\nb = 0x1F\n',
    );
  });

  it("brings back a table that was removed after something in it was changed", async () => {
    await home.write("config.toml", "p = { x = 1, y = 2 }\n");
    const entry = await home.apply(home.toml("config.toml", remove("p.x"), remove("p")));
    await home.write("config.toml", "theirs = 1\n");
    assert.deepEqual((await home.undo(entry)).notices, []);
    assert.equal(await home.read("config.toml"), "theirs = 1\np = { x = 1, y = 2 }\n");
  });

  it("leaves a value alone that is no longer ours, and names it", async () => {
    const entry = await home.apply(configure());
    await home.write("config.toml", ((await home.read("config.toml")) ?? "").replace("gpt-5.5", "gpt-6"));
    const { notices } = await home.undo(entry);
    assert.equal(await home.read("config.toml"), 'model = "gpt-6"\n');
    assert.equal(notices.length, 1);
    assert.ok(notices[0]?.includes(home.path("config.toml")));
    assert.match(notices[0] ?? "", /: model$/);
  });

  it("takes back what later changes of ours made of the same keys, and leaves their other keys", async () => {
    await home.write("config.toml", "model = 'mine'\n");
    const first = await home.apply(home.toml("config.toml", set("model", "one"), set("t.a", 1)));
    await home.apply(home.toml("config.toml", set("model", "two"), set("t.a", 2), set("other", 3)));
    await home.apply(home.toml("config.toml", set("model", "three")));
    const { notices } = await home.undo(first);
    assert.deepEqual(notices, []);
    assert.equal(await home.read("config.toml"), "model = 'mine'\nother = 3\n");
  });

  it("takes back what later changes of ours made of the same file by another way", async () => {
    await fs.mkdir(home.path("real"));
    await fs.symlink("real", home.path("link"));
    await home.write("real/config", "model = 'mine'\n");
    const first = await home.apply(home.toml("link/config", set("model", "one")));
    await home.apply(home.toml("real/config", set("model", "two")));
    const { notices } = await home.undo(first);
    assert.deepEqual(notices, []);
    assert.equal(await home.read("real/config"), "model = 'mine'\n");
  });

  it("does not take for ours what an undo or a removal gave back", async () => {
    const configured = () => home.toml("config.toml", set("choice", "ours"), set("t.name", "ours"));
    for (const takeOut of ["undo", "removal"]) {
      await home.write("config.toml", "choice = 'mine'\n");
      const first = await home.apply(configured());
      await home.apply(home.toml("config.toml", set("choice", "ours, newer"), set("t.name", "ours, newer")));
      const third = await home.apply(configured());
      if (takeOut === "undo") await home.undo(first);
      else await home.apply(home.toml("config.toml", set("choice", "mine"), remove("t")));
      const left = await home.read("config.toml");
      assert.ok(third);
      const { files, notices } = await planUndo(home.store, third);
      assert.deepEqual([files, notices.length], [[], 1], takeOut);
      assert.equal(await home.read("config.toml"), left);
    }
  });

  it("does not skip what the user wrote between two changes, not even when its copy is gone", async () => {
    await home.write("config.toml", "model = 'mine'\n");
    const first = await home.apply(home.toml("config.toml", set("model", "one")));
    await home.write("config.toml", "model = 'newer'\n");
    const second = await home.apply(home.toml("config.toml", set("model", "two")));
    await fs.rm(second?.files[0]?.backup ?? "");
    assert.ok(first);
    const { files, notices } = await planUndo(home.store, first);
    assert.deepEqual([files, notices.length], [[], 1]);
  });

  it("takes back what is still ours after a later change was undone itself", async () => {
    await home.write("config.toml", "model = 'mine'\n");
    const first = await home.apply(home.toml("config.toml", set("model", "one")));
    await home.undo(await home.apply(home.toml("config.toml", set("model", "two"))));
    await home.undo(first);
    assert.equal(await home.read("config.toml"), "model = 'mine'\n");
  });

  it("takes a secret back that was replaced since and removed from the backups", async () => {
    const auth = (key: string) => ({ ...home.json("auth.json", setSecret("key", key)), credential: true });
    await home.write("auth.json", '{"key":"their own"}');
    const first = await home.apply(auth(API_KEY));
    await home.apply(auth("ours, newer"));
    await scrubBackups(home.store, "ours, newer");
    await home.undo(first);
    assert.equal(await home.read("auth.json"), '{"key":"their own"}');
  });

  it("leaves out what the backup had to forget, and says so", async () => {
    const auth = (key: string) => ({ ...home.json("auth.json", setSecret("key", key)), credential: true });
    const file = (key: string) =>
      ({ kind: "replace", path: home.path("api-key"), content: Buffer.from(key), credential: true }) as const;
    await home.write("auth.json", `{"a": 1, "key": "${API_KEY}"}`);
    await home.write("api-key", `${API_KEY}\n`);
    const change = await home.apply(auth("newer"), file("newer"));
    await scrubBackups(home.store, API_KEY);
    const { notices } = await home.undo(change);
    assert.equal(await home.read("auth.json"), '{"a": 1}');
    assert.equal(await home.read("api-key"), undefined);
    assert.deepEqual(
      notices.map((notice) => /removed: (.*)$/.exec(notice)?.[1]),
      [home.path("api-key"), "key"],
    );
  });

  it("leaves out what the backup had to forget from a file that was changed since", async () => {
    const auth = (key: string) => ({ ...home.json("auth.json", setSecret("key", key)), credential: true });
    await home.write("auth.json", `{"key": "${API_KEY}"}`);
    const change = await home.apply(auth("newer"));
    await scrubBackups(home.store, API_KEY);
    await home.write("auth.json", '{"key": "newer", "b": 2}');
    await home.undo(change);
    assert.equal(await home.read("auth.json"), '{"b": 2}');
  });

  it("leaves a value alone that was the user's before a later change of ours", async () => {
    await home.write("config.toml", "model = 'mine'\n");
    const first = await home.apply(home.toml("config.toml", set("model", "one"), set("a", 1)));
    await home.write("config.toml", "model = 'theirs'\na = 1\n");
    const second = await home.apply(home.toml("config.toml", set("model", "two")));
    const { notices } = await home.undo(first);
    assert.match(notices[0] ?? "", /: model$/);
    await home.undo(second);
    assert.equal(await home.read("config.toml"), "model = 'theirs'\n");
  });

  it("names a file that is replaced as a whole and was changed since", async () => {
    const entry = await home.apply({
      kind: "replace",
      path: home.path("key"),
      content: Buffer.from("ours"),
      credential: true,
    });
    await home.write("key", "theirs");
    assert.ok(entry);
    const { files, notices } = await planUndo(home.store, entry);
    assert.deepEqual(files, []);
    assert.match(notices[0] ?? "", /key$/);
  });

  it("does not bring back a file that the user deleted", async () => {
    await home.write("config.toml", "a = 1\n");
    const entry = await home.apply(home.toml("config.toml", set("a", 2)));
    await fs.rm(home.path("config.toml"));
    assert.ok(entry);
    assert.deepEqual((await planUndo(home.store, entry)).files, []);
  });

  it("passes over a change of permissions alone, which nobody takes back", async () => {
    const auth = { ...home.json("auth.json", setSecret("key", API_KEY)), credential: true };
    await home.write("auth.json", '{"key":"their own"}');
    const first = await home.apply(auth);
    await fs.chmod(home.path("auth.json"), 0o644);
    const tightening = await home.apply(auth);
    assert.deepEqual(
      tightening?.files.map(({ change }) => change),
      ["updated"],
    );
    assert.deepEqual(undoableEntries(await home.journal()), [first]);
    await home.undo(first);
    assert.equal(await home.read("auth.json"), '{"key":"their own"}');
    assert.equal(await home.mode("auth.json"), 0o600);
  });

  it("can be undone itself: to the byte, and key by key", async () => {
    await home.write("config.toml", "model = 'mine'\n");
    const entry = await home.apply(configure());
    const ours = await home.read("config.toml");
    const undone = await home.undo(entry);
    assert.equal(await home.read("config.toml"), "model = 'mine'\n");
    const redone = await home.undo(undone.entry);
    assert.equal(await home.read("config.toml"), ours);
    const again = await home.undo(redone.entry);
    await home.write("config.toml", "# new\nmodel = 'mine'\n");
    await home.undo(again.entry);
    assert.equal(await home.read("config.toml"), `# new\n${ours}`);
  });

  it("has a title that stays short, however often somebody goes back and forth", async () => {
    let { entry } = await home.undo(await home.apply(home.toml("config.toml", set("a", 1))));
    const titles = [entry.title];
    for (let again = 0; again < 2; again++) titles.push(({ entry } = await home.undo(entry)).entry.title);
    assert.deepEqual(titles, ["Undo: Change", "Redo: Change", "Undo: Change"]);
  });

  it("shows the changes that can be undone, newest first", () => {
    const entry = (id: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
      id,
      time: "2026-01-01T00:00:00.000Z",
      title: id,
      state: "done",
      files: [],
      ...more,
    });
    const ids = (...journal: JournalEntry[]) => undoableEntries(journal).map(({ id }) => id);
    assert.deepEqual(ids(entry("a"), entry("b")), ["b", "a"]);
    assert.deepEqual(ids(entry("a"), entry("b", { state: "writing" })), ["a"]);
    assert.deepEqual(ids(entry("a"), entry("b", { undoes: "a" })), ["b"]);
    assert.deepEqual(ids(entry("a"), entry("b", { undoes: "a" }), entry("c", { undoes: "b" })), ["c", "a"]);
    const journal = [entry("a", { client: "codex" }), entry("b", { client: "opencode" })];
    assert.deepEqual(
      undoableEntries(journal, "codex").map(({ id }) => id),
      ["a"],
    );
  });
});
