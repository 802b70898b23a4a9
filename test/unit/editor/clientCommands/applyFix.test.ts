import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { user } from "../../../fakes/vscode";
import { API_KEY, codexAuth, codexConfig, Machine } from "../../doctor/machine";
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

  it("is applied without a word where nothing of the user's own is in the way", async () => {
    const { outcome, config } = await fix("# mine\n", false);
    assert.deepEqual([outcome, config.startsWith("# mine\n")], ["applied", true]);
    assert.deepEqual([user.messages, user.ran], [[], []]);
  });
});
