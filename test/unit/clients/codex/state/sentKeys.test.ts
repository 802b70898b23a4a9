import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { codex } from "../../../../../src/clients/codex/codex";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY } from "../../../doctor/machine";

const AUTH = JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: API_KEY });
const LOGIN = JSON.stringify({
  auth_mode: "chatgpt",
  OPENAI_API_KEY: API_KEY,
  tokens: { access_token: "x" },
});

const config = (lines = "requires_openai_auth = true", address = `${ENDPOINT}/v1`) =>
  `model_provider = "relay"\n[model_providers.relay]\nbase_url = "${address}"\n${lines}\n`;

type Case = [
  name: string,
  config: string,
  auth: string,
  variables: Record<string, string>,
  keys: readonly string[],
];

const CASES: readonly Case[] = [
  ["from auth.json", config(), AUTH, {}, [API_KEY]],
  ["for an address without /v1", config("", ENDPOINT), AUTH, {}, [API_KEY]],
  ["from a variable", config('env_key = "RELAY_KEY"'), AUTH, { RELAY_KEY: OTHER_KEY }, [OTHER_KEY]],
  ["from no variable that is not set", config('env_key = "RELAY_KEY"'), AUTH, {}, []],
  [
    "from the provider's own token",
    config(`experimental_bearer_token = "${OTHER_KEY}"`),
    AUTH,
    {},
    [OTHER_KEY],
  ],
  ["from CODEX_API_KEY before auth.json", config(), AUTH, { CODEX_API_KEY: OTHER_KEY }, [OTHER_KEY]],
  ["none beside a ChatGPT login, which is sent in its place", config(), LOGIN, {}, []],
  ["none that goes elsewhere", config("", "https://api.clawto.link.test/v1"), AUTH, {}, []],
  ["none of a provider that is not in use", config().replace('"relay"\n', '"openai"\n'), AUTH, {}, []],
];

describe("the key that Codex sends to TokenPool", () => {
  for (const [name, toml, auth, variables, keys] of CASES)
    it(`comes ${name}`, async () => {
      const files = { ".codex/config.toml": toml, ".codex/auth.json": auth };
      const machine = await Machine.make({ files, variables });
      const { environment } = machine.sources();
      const sent = await codex.sentKeys(environment, await codex.inspect(environment, ENDPOINT), ENDPOINT);
      assert.deepEqual(
        sent.map(({ apiKey }) => apiKey),
        keys,
      );
      await fs.rm(machine.home, { recursive: true });
    });

  it("comes from the variable that .env in its home sets", async () => {
    const files = {
      ".codex/config.toml": config('env_key = "RELAY_KEY"'),
      ".codex/.env": `RELAY_KEY=${OTHER_KEY}\n`,
    };
    const machine = await Machine.make({ files });
    const { environment } = machine.sources();
    const sent = await codex.sentKeys(environment, await codex.inspect(environment, ENDPOINT), ENDPOINT);
    assert.deepEqual(
      sent.map(({ apiKey, baseUrl }) => [apiKey, baseUrl]),
      [[OTHER_KEY, `${ENDPOINT}/v1`]],
    );
    await fs.rm(machine.home, { recursive: true });
  });
});
