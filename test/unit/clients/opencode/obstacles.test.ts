import assert from "node:assert/strict";
import { obstacles } from "../../../../src/clients/opencode/obstacles";
import { planConfiguration } from "../../../../src/clients/opencode/configure";
import { PROFILE, TemporaryMachine } from "./temporaryMachine";

describe("what keeps OpenCode from loading our provider", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  /** [opencode.json, opencode.jsonc, keys in the way] */
  const lists: [string, string, string[]][] = [
    ['{ "enabled_providers": ["other"] }', "{}", ["enabled_providers"]],
    ['{ "enabled_providers": [] }', "{}", ["enabled_providers"]],
    ['{ "enabled_providers": ["other", "tokenpool"] }', "{}", []],
    ['{ "disabled_providers": ["tokenpool"] }', "{}", ["disabled_providers"]],
    ['{ "disabled_providers": ["other"] }', "{}", []],
    ['{ "disabled_providers": ["tokenpool"] }', '{ "disabled_providers": [] }', []],
    [
      '{ "disabled_providers": ["tokenpool"], "enabled_providers": ["other"] }',
      "{}",
      ["enabled_providers", "disabled_providers"],
    ],
    ['{ "disabled_providers": "tokenpool" }', "{}", []],
  ];
  for (const [weaker, stronger, expected] of lists) {
    it(`${weaker} below ${stronger}`, async () => {
      await machine.write(".config/opencode/opencode.json", weaker);
      await machine.write(".config/opencode/opencode.jsonc", stronger);
      const state = await machine.inspect();
      assert.deepEqual(
        obstacles(state).map(({ code, path, key }) => ({ code, path, key })),
        expected.map((key) => ({
          code: "opencode/provider-disabled",
          path: machine.path(".config/opencode/opencode.json"),
          key: [key],
        })),
      );
      const { notices } = planConfiguration(state, PROFILE, { fix: false, versions: [] });
      for (const key of expected) assert.match(notices.join("\n"), new RegExp(`because of ${key} in`));
      assert.equal(notices.filter((notice) => notice.includes("will not load")).length, expected.length);
      const fixing = planConfiguration(state, PROFILE, { fix: true, versions: [] }).notices;
      for (const key of expected) assert.match(fixing.join("\n"), new RegExp(`Changes ${key}, with which`));
    });
  }

  it("says so even when fixing is agreed, where only the environment can be changed", async () => {
    machine.variables = { OPENCODE_CONFIG_CONTENT: '{ "disabled_providers": ["tokenpool"] }' };
    const { files, notices } = planConfiguration(await machine.inspect(), PROFILE, {
      fix: true,
      versions: [],
    });
    assert.match(notices.join(), /because of disabled_providers in OPENCODE_CONFIG_CONTENT/);
    assert.equal(files.length, 2);
  });
});
