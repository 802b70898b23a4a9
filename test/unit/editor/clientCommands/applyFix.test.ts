import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { user } from "../../../fakes/vscode";
import { readJournal } from "../../../../src/changes/history/journal/journal";
import { API_KEY, codexAuth, codexConfig, Machine, OPENCODE_FILES } from "../../doctor/machine";
import { Secrets, servicesIn } from "../services";

const { applyFix } = await import("../../../../src/editor/clientCommands/applyFix");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const CODE = "codex/requests-go-to-openai";

describe("one fix", () => {
  beforeEach(() => user.reset());

  const on = (config: string) => ({ ".codex/config.toml": config, ".codex/auth.json": codexAuth() });
  const fix = (config: string, confirm: boolean) =>
    Machine.use({ files: on(config) }, async (machine) => {
      const preview = new ChangePreview();
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview });
      const result = await applyFix(services, { code: CODE }, confirm);
      return { ...result, config: await machine.read(".codex/config.toml") };
    });
  const OWN = 'forced_login_method = "chatgpt"\n';

  it("takes no setting of the user's own away along the way unless somebody sees it", async () => {
    const silent = await fix(OWN, false);
    assert.deepEqual([silent.outcome, silent.refusal?.code], ["refused", "codex/forced-chatgpt-login"]);
    assert.equal(silent.config, OWN);
    user.answerPreview = () => "apply";
    const seen = await fix(OWN, true);
    assert.equal(seen.outcome, "applied");
    assert.doesNotMatch(seen.config, /forced_login_method/);
  });

  it("of a whole file takes no other of the stored keys away", () => {
    const other = "sk-" + "ef56".repeat(16);
    const config = `${codexConfig().replace("responses", "chat")}experimental_bearer_token = "${other}"\n`;
    return Machine.use({ files: on(config) }, async (machine) => {
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
      await services.apiKeys.add(other);
      const path = `${machine.home}/.codex/config.toml`;
      assert.equal((await applyFix(services, { path }, false)).outcome, "applied");
      const fixed = await machine.read(".codex/config.toml");
      assert.match(fixed, /wire_api = "responses"/);
      assert.ok(fixed.includes(other));
    });
  });

  it("by a code is that of every place, more than are told at once included", () => {
    const tables = ["a", "b", "c", "d", "e", "f"].map(
      (id) => `[model_providers.${id}]\nname = "${id}"\nsupports_websockets = "false"\n`,
    );
    const files = on(codexConfig({ more: tables.join("") }));
    return Machine.use({ files }, async (machine) => {
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
      const { outcome, findings, client } = await applyFix(services, { code: "codex/config-invalid" }, false);
      assert.deepEqual([outcome, findings, client], ["applied", [], "codex"]);
      assert.doesNotMatch(await machine.read(".codex/config.toml"), /"false"/);
    });
  });

  it("by a code that both clients have is one change of each, and one question", () => {
    const bad = `${API_KEY} ${API_KEY}`;
    const files = { ...on(codexConfig()), ...OPENCODE_FILES, ".config/tokenpool/api-key": bad };
    files[".codex/auth.json"] = codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: bad });
    return Machine.use({ files }, async (machine) => {
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
      const { outcome, findings, client } = await applyFix(services, { code: "key/malformed" }, false);
      assert.deepEqual([outcome, findings, client], ["applied", [], undefined]);
      const journal = await readJournal(services.changes);
      assert.deepEqual(
        journal.map((entry) => entry.client),
        ["codex", "opencode"],
      );
      assert.equal(new Set(journal.map(({ group }) => group)).size, 1);
    });
  });

  it("by a code that both clients have is told with the names of both changes", () => {
    const bad = `${API_KEY} ${API_KEY}`;
    const files = { ...on(codexConfig()), ...OPENCODE_FILES, ".config/tokenpool/api-key": bad };
    files[".codex/auth.json"] = codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: bad });
    return Machine.use({ files }, async (machine) => {
      user.answerPreview = () => "apply";
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
      await applyFix(services, { code: "key/malformed" }, true);
      const [one, other] = (await readJournal(services.changes)).map(({ title }) => title);
      assert.notEqual(one, other);
      assert.equal(user.messages.at(-1)?.text, `Fixed: ${one}, ${other}.`);
    });
  });

  it("by a code says which places are left", () => {
    const config = `# ${API_KEY}\n${codexConfig()}api_key = "${API_KEY}"\n`;
    return Machine.use({ files: on(config) }, async (machine) => {
      const services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
      const { outcome, findings } = await applyFix(services, { code: "codex/key-in-config" }, false);
      assert.deepEqual([outcome, findings.map(({ range }) => range?.line)], ["applied", [0]]);
      assert.equal(await machine.read(".codex/config.toml"), `# ${API_KEY}\n${codexConfig()}`);
    });
  });

  it("is applied without a word where nothing of the user's own is in the way", async () => {
    const { outcome, config } = await fix("# mine\n", false);
    assert.deepEqual([outcome, config.startsWith("# mine\n")], ["applied", true]);
    assert.deepEqual([user.messages, user.ran], [[], []]);
  });
});
