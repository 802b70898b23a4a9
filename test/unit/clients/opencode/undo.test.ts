import assert from "node:assert/strict";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangePlan } from "../../../../src/changes/plan";
import { prepareChange } from "../../../../src/changes/prepare";
import { planConfiguration } from "../../../../src/clients/opencode/configure";
import { planUndo } from "../../../../src/clients/opencode/undo";
import { PROFILE, TemporaryMachine } from "./temporaryMachine";

const CONFIG = ".config/opencode/opencode.json";
const KEY_FILE = ".config/tokenpool/api-key";

describe("undo for OpenCode", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  const configure = async (model: string) => {
    const profile = { ...PROFILE, model, reviewModel: model };
    const entry = await machine.apply((state) =>
      planConfiguration(state, profile, { fix: false, versions: [] }),
    );
    assert.ok(entry);
    return entry;
  };
  const apply = async (plan: ChangePlan) => {
    const { store } = machine;
    await applyChange(store, () => Promise.resolve(plan), await prepareChange(store.fs, plan));
  };

  it("takes everything out where nobody wrote since", async () => {
    const plan = await planUndo(machine.store, await configure("gpt-5.5"));
    await apply(plan);
    assert.deepEqual(plan.notices, []);
    assert.deepEqual([await machine.read(CONFIG), await machine.read(KEY_FILE)], [undefined, undefined]);
  });

  const MINE = {
    "a provider without a package": {
      provider: { tokenpool: { options: { baseURL: "http://127.0.0.1:1/v1" } } },
    },
    "an empty provider": { provider: { tokenpool: {} } },
    "our model without a provider": { model: "tokenpool/gpt-5.5" },
  };
  for (const [title, content] of Object.entries(MINE)) {
    it(`gives back what the user had, whole or not: ${title}`, async () => {
      const before = JSON.stringify(content, undefined, "\t");
      await machine.write(CONFIG, before);
      await apply(await planUndo(machine.store, await configure("gpt-5.5")));
      assert.deepEqual([await machine.read(CONFIG), await machine.read(KEY_FILE)], [before, undefined]);
    });

    it(`takes out what is ours and nothing else where somebody wrote since: ${title}`, async () => {
      await machine.write(CONFIG, JSON.stringify(content, undefined, "\t"));
      const entry = await configure("gpt-5.5");
      const now = (await machine.read(CONFIG)) ?? "";
      await machine.write(CONFIG, now.replace("{", '{\n\t"theme": "x",'));
      await apply(await planUndo(machine.store, entry));
      assert.deepEqual(JSON.parse((await machine.read(CONFIG)) ?? ""), { theme: "x", ...content });
    });
  }

  it("leaves a provider that a later change has added to, with its key: half of it keeps OpenCode from starting", async () => {
    await machine.write(CONFIG, '{\n  "$schema": "https://opencode.ai/config.json",\n  "theme": "x"\n}\n');
    const first = await configure("gpt-5.5");
    await configure("gpt-5.4");
    const plan = await planUndo(machine.store, first);
    await apply(plan);
    const { model, theme, provider } = JSON.parse((await machine.read(CONFIG)) ?? "") as {
      model?: string;
      theme: string;
      provider: { tokenpool: { npm: string; models: object } };
    };
    assert.deepEqual([model, theme, provider.tokenpool.npm], [undefined, "x", "@ai-sdk/openai"]);
    assert.deepEqual(Object.keys(provider.tokenpool.models), ["gpt-5.5", "gpt-5.4"]);
    assert.equal(await machine.read(KEY_FILE), `${PROFILE.apiKey}\n`);
    assert.match(plan.notices.join(), /opencode\.json, changed since: provider\.tokenpool$/);
  });

  for (const [chosen, stays] of [
    ["tokenpool/gpt-5.4", true],
    ["other/gpt-5.4", false],
  ] as const) {
    it(`${stays ? "leaves the provider" : "takes the provider out"} where somebody chose ${chosen} for small tasks`, async () => {
      await machine.write(CONFIG, '{\n  "theme": "x"\n}\n');
      const entry = await configure("gpt-5.5");
      const now = (await machine.read(CONFIG)) ?? "";
      await machine.write(CONFIG, now.replace(/"small_model": "[^"]*"/, `"small_model": "${chosen}"`));
      await apply(await planUndo(machine.store, entry));
      const after = JSON.parse((await machine.read(CONFIG)) ?? "") as { provider?: { tokenpool?: object } };
      assert.equal(after.provider?.tokenpool !== undefined, stays);
      assert.equal((await machine.read(KEY_FILE)) !== undefined, stays);
    });
  }
});
