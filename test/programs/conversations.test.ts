import assert from "node:assert/strict";
import { prepareChange } from "../../src/changes/prepare";
import { planUndo } from "../../src/changes/history/undoChange";
import { endsConversations } from "../../src/clients/codex/conversations";
import { planConfiguration } from "../../src/clients/codex/configure";
import { PROVIDER_PATH } from "../../src/clients/codex/state/state";
import { type Gateway, startGateway } from "../gateway/gateway";
import { askCodex, runCodex } from "../harness/clientPrograms";
import { Machine } from "../unit/doctor/machine";

describe("conversations of Codex after an undo", function () {
  this.timeout(60_000);
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  /** Configures Codex, begins a conversation, undoes, and tries to go on with the conversation. */
  async function goOn(keepsProvider: boolean): Promise<{ output: string; config: string; ends: boolean }> {
    const files = { ".codex/config.toml": "# mine\nmodel = 'gpt-5'\n" };
    return Machine.use({ files, apiKey: gateway.key, baseUrl: gateway.url }, async (machine) => {
      const { codex } = await machine.snapshot();
      const profile = { apiKey: gateway.key, baseUrl: gateway.url, model: "gpt-5.5", reviewModel: "gpt-5.5" };
      const entry = await machine.apply(planConfiguration(codex, profile, { fix: false, versions: [] }));
      assert.ok(entry);
      const begun = await askCodex(machine.home, "say hi");
      const conversation = /session id: (\S+)/.exec(begun.stderr)?.[1];
      assert.ok(conversation, begun.stderr);

      const undo = await planUndo(machine.store, entry, keepsProvider ? PROVIDER_PATH : undefined);
      const ends = endsConversations(await prepareChange(machine.store.fs, undo));
      await machine.apply(undo);
      const atOnce = ["request_max_retries", "stream_max_retries"].map(
        (key) => `model_providers.OpenAI.${key}=0`,
      );
      const options = ["model_provider=OpenAI", ...atOnce].flatMap((option) => ["-c", option]);
      const { stdout, stderr } = await runCodex(machine.home, [
        ...["exec", "--skip-git-repo-check", ...(keepsProvider ? options : [])],
        ...["resume", conversation, "and again"],
      ]);
      return { output: stdout + stderr, config: await machine.read(".codex/config.toml"), ends };
    });
  }

  it("are lost to Codex with the provider's table", async () => {
    const { output, config, ends } = await goOn(false);
    assert.equal(ends, true);
    assert.equal(config, "# mine\nmodel = 'gpt-5'\n");
    assert.match(output, /This chat uses model provider “OpenAI”, which is no longer configured/);
  });

  it("go on with the table that was kept, as soon as there is a key again", async () => {
    const { output, config, ends } = await goOn(true);
    assert.equal(ends, false);
    assert.match(config, /^# mine\nmodel = 'gpt-5'\n\n\[model_providers\.OpenAI\]\nname = "OpenAI"\n/);
    assert.doesNotMatch(config, /^model_provider|^review_model/m);
    // Only the key is missing, which the undo has taken out of auth.json.
    assert.match(output, /API_KEY_REQUIRED/);
  });
});
