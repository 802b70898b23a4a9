import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ChangePlan } from "../../src/changes/plan";
import { readOriginalValues } from "../../src/changes/history/before";
import { planConfiguration } from "../../src/clients/codex/configure";
import { planRemoval } from "../../src/clients/codex/remove";
import { planUndo } from "../../src/clients/codex/undo";
import { runCodex } from "../harness/clientPrograms";
import { API_KEY, ENDPOINT, Machine } from "../unit/doctor/machine";

const CONFIG = ".codex/config.toml";

/** What another gateway asks for, under the name that TokenPool uses. */
const OTHER_GATEWAY =
  'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nname = "Other"\nbase_url = "http://127.0.0.1:9"\n';

describe("the real Codex starts with what is left", function () {
  this.timeout(60_000);

  async function configure(machine: Machine) {
    const { codex } = await machine.snapshot();
    const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    const entry = await machine.apply(planConfiguration(codex, profile, { fix: false, versions: [] }));
    assert.ok(entry);
    return entry;
  }

  async function expectStart(machine: Machine): Promise<void> {
    const { code, stderr } = await runCodex(machine.home, ["mcp", "list"]);
    assert.equal(code, 0, `${stderr}\n${await machine.read(CONFIG)}`);
  }

  async function removal(machine: Machine): Promise<ChangePlan> {
    const { codex } = await machine.snapshot();
    return planRemoval(codex, await readOriginalValues(machine.store));
  }

  it("after an undo where the user has written into TokenPool's table since", () =>
    Machine.use({ files: { [CONFIG]: "model = 'mine'\n" } }, async (machine) => {
      const first = await configure(machine);
      await fs.appendFile(path.join(machine.home, CONFIG), "stream_max_retries = 1\n");
      await machine.apply(await planUndo(machine.store, first));
      await expectStart(machine);
    }));

  it("after TokenPool was removed from the provider of another gateway", () =>
    Machine.use({ files: { [CONFIG]: OTHER_GATEWAY } }, async (machine) => {
      await configure(machine);
      await machine.apply(await removal(machine));
      await expectStart(machine);
      assert.match(await machine.read(CONFIG), /127\.0\.0\.1:9/);
    }));
});
