import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { opencode } from "../../../../../src/clients/opencode/opencode";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY } from "../../../doctor/machine";

const provider = (id: string, apiKey: string, baseURL = `${ENDPOINT}/v1`) => ({
  provider: { [id]: { options: { baseURL, apiKey } } },
});

type Case = [name: string, config: object, more: Record<string, string>, keys: readonly string[]];

const CASES: readonly Case[] = [
  ["its provider openai", provider("openai", API_KEY), {}, [API_KEY]],
  ["a provider of any name", provider("my relay", API_KEY), {}, [API_KEY]],
  ["a file", provider("relay", "{file:~/secret}"), { secret: `${OTHER_KEY}\n` }, [OTHER_KEY]],
  ["a variable", provider("relay", "{env:RELAY_KEY}"), {}, [OTHER_KEY]],
  ["nothing that goes elsewhere", provider("relay", API_KEY, "https://clawto.link.test/v1"), {}, []],
  ["nothing without an address", { provider: { openai: { options: { apiKey: API_KEY } } } }, {}, []],
  ["our own key file, which nobody uses", {}, { ".config/tokenpool/api-key": `${API_KEY}\n` }, [API_KEY]],
];

describe("the keys that OpenCode sends to TokenPool", () => {
  for (const [name, config, more, keys] of CASES)
    it(`come from ${name}`, async () => {
      const files = { ".config/opencode/opencode.json": JSON.stringify(config), ...more };
      const machine = await Machine.make({ files, variables: { RELAY_KEY: OTHER_KEY } });
      const { environment } = machine.sources();
      const state = await opencode.inspect(environment, ENDPOINT);
      const sent = await opencode.sentKeys(environment, state, ENDPOINT);
      assert.deepEqual(
        sent.map(({ apiKey }) => apiKey),
        keys,
      );
      await fs.rm(machine.home, { recursive: true });
    });

  it("are told with the files that name them, the strongest of each option", async () => {
    const machine = await Machine.make({
      files: {
        ".config/opencode/opencode.json": JSON.stringify(provider("relay", API_KEY)),
        ".opencode/opencode.json": JSON.stringify({
          provider: { relay: { options: { apiKey: OTHER_KEY } } },
        }),
      },
    });
    const { environment } = machine.sources();
    const state = await opencode.inspect(environment, ENDPOINT);
    const [sent, ...others] = await opencode.sentKeys(environment, state, ENDPOINT);
    assert.deepEqual(
      [sent?.apiKey, sent?.places.map((place) => place.slice(machine.home.length)), others],
      [
        OTHER_KEY,
        [".config/opencode/opencode.json", ".opencode/opencode.json"].map((name) => path.join("/", name)),
        [],
      ],
    );
    await fs.rm(machine.home, { recursive: true });
  });
});
