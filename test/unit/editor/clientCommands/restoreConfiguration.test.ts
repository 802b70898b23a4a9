import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { restoreConfiguration } = await import("../../../../src/editor/clientCommands/restoreConfiguration");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const KEY = "sk-" + "ab12".repeat(16);
const CONFIG = ".codex/config.toml";
const OWN = "# mine\nmodel_reasoning_effort = 'high'\n";

describe("restoring the previous configuration", () => {
  let home: string;
  let services: ReturnType<typeof servicesIn>;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "restore-"));
    services = servicesIn(home, fs, new Secrets(KEY), { preview: new ChangePreview() });
    await fs.mkdir(path.join(home, ".codex"));
    await fs.writeFile(path.join(home, CONFIG), OWN);
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const read = (name = CONFIG) => fs.readFile(path.join(home, name), "utf8");
  const texts = () => user.messages.map(({ text }) => text);
  async function configured(...clients: readonly ("codex" | "opencode")[]): Promise<void> {
    for (const client of clients)
      assert.equal((await configureClient(services, client, false)).outcome, "applied");
    user.messages = [];
  }

  it("takes the latest change of a client back without a question, and no other client's", async () => {
    await configured("codex", "opencode");
    const { outcome, client, files } = await restoreConfiguration(services, "codex", false);
    assert.deepEqual([outcome, client], ["applied", "codex"]);
    assert.deepEqual(files.map(({ path: file, change }) => [path.basename(file), change]).sort(), [
      ["auth.json", "deleted"],
      ["config.toml", "updated"],
    ]);
    assert.equal(await read(), OWN);
    await assert.rejects(read(".codex/auth.json"), { code: "ENOENT" });
    assert.match(await read(".config/tokenpool/api-key"), new RegExp(KEY));
    assert.deepEqual([user.messages, user.lists], [[], []]);
  });

  it("never undoes its own undo without a question", async () => {
    await configured("codex");
    await restoreConfiguration(services, "codex", false);
    assert.equal((await restoreConfiguration(services, "codex", false)).outcome, "unchanged");
    assert.equal(await read(), OWN);
  });

  it("does nothing without a question where no client is named", async () => {
    await configured("codex");
    const result = await restoreConfiguration(services, undefined, false);
    assert.deepEqual(result, { outcome: "cancelled", files: [], findings: [] });
    assert.notEqual(await read(), OWN);
  });

  it("says that there is nothing to undo, to the user alone", async () => {
    for (const confirm of [false, true]) {
      const result = await restoreConfiguration(services, "codex", confirm);
      assert.deepEqual(result, { client: "codex", outcome: "unchanged", files: [], findings: [] });
      assert.deepEqual(texts(), confirm ? ["There is no change to undo."] : []);
    }
  });

  it("lets the user choose among the changes of all clients, and ends where the list is left", async () => {
    await configured("codex", "opencode");
    assert.equal((await restoreConfiguration(services, undefined, true)).outcome, "cancelled");
    assert.deepEqual(
      user.lists[0]?.map(({ label }) => label),
      ["Configure OpenCode for TokenPool", "Configure Codex for TokenPool"],
    );
    user.choose = (items) => items.find(({ label }) => label.includes("Codex"));
    user.answerPreview = () => "apply";
    const { outcome, client } = await restoreConfiguration(services, undefined, true);
    assert.deepEqual([outcome, client], ["applied", "codex"]);
    assert.deepEqual([await read(), texts()], [OWN, ["The previous configuration is back."]]);
  });

  it("changes nothing where the preview is cancelled", async () => {
    await configured("codex");
    const before = await read();
    user.choose = (items) => items[0];
    user.answerPreview = () => "cancel";
    assert.equal((await restoreConfiguration(services, "codex", true)).outcome, "cancelled");
    assert.deepEqual([await read(), texts()], [before, []]);
  });

  it("leaves the provider's table for old conversations where the user wants that", async () => {
    await configured("codex");
    const answers = ["change", "apply"] as const;
    let previews = 0;
    user.answerPreview = () => answers[previews++];
    user.choose = (items) => items.find(({ label }) => label === "Keep the Provider Table") ?? items[0];
    assert.equal((await restoreConfiguration(services, "codex", true)).outcome, "applied");
    const text = await read();
    assert.ok(text.startsWith(OWN) && text.includes("[model_providers.OpenAI]"), text);
    assert.doesNotMatch(text, /^model_provider\b/m);
    await assert.rejects(read(".codex/auth.json"), { code: "ENOENT" });
    assert.equal(previews, 2);
  });

  it("names what stands there by now and is not ours any more, where nothing else is left to do", async () => {
    await configured("codex");
    await fs.writeFile(path.join(home, CONFIG), "# theirs\nmodel = 'theirs'\n");
    await fs.rm(path.join(home, ".codex/auth.json"));
    user.choose = (items) => items[0];
    assert.equal((await restoreConfiguration(services, "codex", true)).outcome, "unchanged");
    assert.equal(await read(), "# theirs\nmodel = 'theirs'\n");
    assert.deepEqual(texts(), [`Left alone in ${path.join(home, CONFIG)}, changed since: model`]);
  });
});
