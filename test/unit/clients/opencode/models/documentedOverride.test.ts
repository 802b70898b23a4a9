import assert from "node:assert/strict";
import type { ConfigurationOptions } from "../../../../../src/clients/client";
import { planConfiguration } from "../../../../../src/clients/opencode/configure";
import { PROFILE, TemporaryMachine } from "../temporaryMachine";

const CONFIG = ".config/opencode/opencode.json";
const MOVE: ConfigurationOptions = { fix: false, versions: [], accepted: ["moveDocumentedOverride"] };

function openai(provider: object, more: object = {}): string {
  return JSON.stringify({
    $schema: "https://opencode.ai/config.json",
    ...more,
    provider: { openai: provider },
  });
}

const OPTIONS = { baseURL: "https://api.tokenpool.dev/v1", apiKey: "hand-written-key" };

describe("an override of OpenCode's provider openai by hand", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  const move = () => machine.apply((state) => planConfiguration(state, PROFILE, MOVE));
  const providers = async () =>
    (JSON.parse((await machine.read(CONFIG)) ?? "") as { provider: Record<string, unknown> }).provider;

  it("is recognised with its address and key, and does not count as configured by us", async () => {
    await machine.write(CONFIG, openai({ options: OPTIONS }));
    const state = await machine.inspect();
    assert.deepEqual(
      state.documentedOverrides.map(({ path }) => path),
      [machine.path(CONFIG)],
    );
    assert.equal(state.baseUrl, OPTIONS.baseURL);
    assert.equal(state.apiKey, OPTIONS.apiKey);
    assert.equal(state.usesTokenPool, false);
  });

  it("is none when the address is another gateway's or OpenAI's own", async () => {
    await machine.write(CONFIG, openai({ options: { baseURL: "https://api.openai.com/v1" } }));
    assert.deepEqual((await machine.inspect()).documentedOverrides, []);
  });

  it("stays untouched as long as nobody asks", async () => {
    await machine.write(CONFIG, openai({ options: OPTIONS }));
    await machine.apply((state) => planConfiguration(state, PROFILE, { fix: false, versions: [] }));
    assert.deepEqual((await providers()).openai, { options: OPTIONS });
  });

  /** [what stood there, what is left of it] */
  const moves: [string, object, object | undefined][] = [
    ["goes as a whole", { options: OPTIONS }, undefined],
    [
      "goes with the documented models",
      { options: OPTIONS, models: { "gpt-5.5": { name: "GPT-5.5" } } },
      undefined,
    ],
    ["leaves a model of the user's", { options: OPTIONS, models: { mine: {} } }, { models: { mine: {} } }],
    [
      "leaves an option of the user's",
      { options: { ...OPTIONS, timeout: 1000 } },
      { options: { timeout: 1000 } },
    ],
    ["leaves an empty object of the user's", { options: OPTIONS, models: {} }, { models: {} }],
  ];
  for (const [name, before, left] of moves) {
    it(`is moved: ${name}`, async () => {
      await machine.write(CONFIG, openai(before));
      await move();
      const { openai: rest, tokenpool } = await providers();
      assert.deepEqual(rest, left);
      assert.ok(tokenpool);
      const state = await machine.inspect();
      assert.equal(state.usesTokenPool, true);
      assert.deepEqual(state.documentedOverrides, []);
      assert.equal((await machine.read(CONFIG))?.includes(OPTIONS.apiKey), false);
    });
  }

  it("takes the default models along that led to TokenPool through it", async () => {
    await machine.write(
      CONFIG,
      openai({ options: OPTIONS }, { model: "openai/gpt-5.5", small_model: "other/small-model" }),
    );
    await move();
    const { model, small_model } = JSON.parse((await machine.read(CONFIG)) ?? "") as Record<string, string>;
    assert.deepEqual([model, small_model], ["tokenpool/gpt-5.5", "other/small-model"]);
  });

  it("is moved out of a weaker file too", async () => {
    await machine.write(CONFIG, openai({ options: OPTIONS }));
    await machine.write(".config/opencode/opencode.jsonc", "{}");
    await move();
    assert.equal((await machine.read(CONFIG))?.includes('openai":'), false);
    assert.deepEqual((await machine.inspect()).documentedOverrides, []);
  });
});
