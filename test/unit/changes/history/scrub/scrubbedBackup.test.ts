import assert from "node:assert/strict";
import { scrubBackups } from "../../../../../src/changes/history/scrub/scrubBackups";
import type { EditedFile } from "../../../../../src/changes/plan";
import { API_KEY, remove, set, setSecret, TemporaryStore } from "../../temporaryStore";

describe("what a backup without its key gives back", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  /** Changes a file that holds the key, takes the key out of the backup, and undoes the change. */
  async function restored(name: string, text: string, change: EditedFile): Promise<string | undefined> {
    await home.write(name, text);
    const entry = await home.apply(change);
    await scrubBackups(home.store, API_KEY);
    await home.undo(entry);
    return home.read(name);
  }

  it("is a TOML file without that key, but with its comments", async () => {
    const text = `# mine\r\nk = "${API_KEY}"\r\nother = 1 # why\r\n`;
    const after = await restored("config", text, home.toml("config", setSecret("k", "newer")));
    assert.equal(after, "# mine\r\nother = 1 # why\r\n");
  });

  it("is a JSON file without that key", async () => {
    const text = `{ "k": "${API_KEY}", "b": 1 }`;
    const after = await restored("auth.json", text, home.json("auth.json", setSecret("k", "newer")));
    assert.equal(after, '{ "b": 1 }');
  });

  it("is a JSONC file without that key, but with its comments", async () => {
    const text = `{\n  // mine\n  "b": 1,\n  "k": "${API_KEY}"\n}\n`;
    const change: EditedFile = { ...home.json("x.jsonc", setSecret("k", "newer")), format: "jsonc" };
    assert.equal(await restored("x.jsonc", text, change), '{\n  // mine\n  "b": 1\n}\n');
  });

  it("is a table that was removed, without the key in it and with all the rest", async () => {
    const text = `{"p": {"name": "mine", "n": 1, "deep": {"k": "${API_KEY}", "b": true}}, "z": 1}`;
    const after = await restored("x.json", text, home.json("x.json", remove("p")));
    assert.equal(after, '{"p": {"name": "mine", "n": 1, "deep": {"b": true}}, "z": 1}');
  });

  it("is an empty value where the user had one, and the key was somewhere else", async () => {
    const after = await restored("x.json", '{"k": "", "b": 1}', home.json("x.json", set("k", "newer")));
    assert.equal(after, '{"k": "", "b": 1}');
  });

  it("is the rest of a file that is replaced as a whole", async () => {
    await home.write("notes", `one ${API_KEY} two\n`);
    const content = Buffer.from("ours");
    const entry = await home.apply({ kind: "replace", path: home.path("notes"), content, credential: true });
    await scrubBackups(home.store, API_KEY);
    const { notices } = await home.undo(entry);
    assert.equal(await home.read("notes"), "one  two\n");
    assert.deepEqual(notices, []);
  });
});
