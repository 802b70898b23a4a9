import assert from "node:assert/strict";
import type { ChangePlan } from "../../../src/changes/plan";
import { mergePlans } from "../../../src/changes/mergePlans";
import { planUndo } from "../../../src/changes/history/undoChange";
import { API_KEY, remove, set, setSecret, TemporaryStore } from "./temporaryStore";

describe("one change of several", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  const planOf = (more: Partial<ChangePlan>): ChangePlan => ({ title: "", files: [], notices: [], ...more });

  it("makes all edits of a file at once, and is undone at once", async () => {
    const before = "# mine\nprofile = 'x'\nmodel = 'a' # why\n";
    await home.write("config.toml", before);
    const merged = mergePlans("All", [
      planOf({ files: [home.toml("config.toml", remove("profile"))], notices: ["one"] }),
      planOf({ files: [home.toml("config.toml", set("model", "b"), remove("profile"))], notices: ["one"] }),
    ]);
    assert.deepEqual(merged.notices, ["one"]);
    const entry = await home.applyPlan(() => Promise.resolve(merged));
    assert.ok(entry);
    assert.equal(await home.read("config.toml"), '# mine\nmodel = "b" # why\n');
    await home.applyPlan(() => planUndo(home.store, entry));
    assert.equal(await home.read("config.toml"), before);
  });

  it("writes credentials first, whoever planned them", () => {
    const config = home.toml("config.toml", set("model", "b"));
    const auth = { ...home.json("auth.json", setSecret("OPENAI_API_KEY", API_KEY)), credential: true };
    const { files } = mergePlans("All", [planOf({ files: [config] }), planOf({ files: [auth] })]);
    assert.deepEqual(files, [auth, config]);
  });

  it("leaves a file that is replaced as a whole to the plan that replaces it", () => {
    const path = home.path("config.toml");
    const replaced = { kind: "replace", path, content: new Uint8Array(), credential: false } as const;
    const edited = home.toml("config.toml", set("model", "b"));
    for (const order of [[edited, replaced] as const, [replaced, edited] as const]) {
      const { files } = mergePlans("All", [planOf({ files: [order[0]] }), planOf({ files: [order[1]] })]);
      assert.deepEqual(files, [replaced]);
    }
  });

  it("belongs to a client only if all of it does", () => {
    const codex = planOf({ client: "codex" });
    assert.equal(mergePlans("All", [codex, codex]).client, "codex");
    assert.equal(mergePlans("All", [codex, planOf({ client: "opencode" })]).client, undefined);
  });
});
