import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LogOutputChannel } from "vscode";
import { readTextIfAny } from "../../../../src/changes/disk/readBytes";
import { oneWay } from "../../../../src/health/http/network";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { type Gateway, startGateway } from "../../../gateway/gateway";
import { Memory, Secrets } from "../keys/secrets";

const { EndpointHealth } = await import("../../../../src/editor/status/endpointHealth");
const { ApiKeyStore } = await import("../../../../src/editor/keys/keyStore");

describe("what is known of the endpoint", () => {
  let gateway: Gateway;
  let folder: string;
  let secrets: Secrets;
  let logged: string[];
  let health: InstanceType<typeof EndpointHealth>;
  beforeEach(async () => {
    user.reset();
    gateway = await startGateway();
    gateway.replay("new-api", "good");
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-health-"));
    user.settings.set(Setting.baseUrl, gateway.url);
    const readText = (file: string, largest: number) => readTextIfAny(fs, file, largest);
    secrets = new Secrets(gateway.key);
    logged = [];
    const log = { info: (line: string) => logged.push(line), error: (error: Error) => assert.fail(error) };
    health = new EndpointHealth(
      new ApiKeyStore(secrets, new Memory()),
      log as unknown as LogOutputChannel,
      { fs, file: path.join(folder, "health.json"), readText },
      {
        network: () => Promise.resolve(oneWay({})),
        codexAddress: () => Promise.resolve(undefined),
        codexVersion: () => Promise.resolve("0.169.0"),
      },
    );
  });
  afterEach(async () => {
    health.dispose();
    await gateway.close();
    await fs.rm(folder, { recursive: true });
  });

  const setTo = (setting: string, value: string) => {
    user.settings.set(setting, value);
    user.tell("configuration", { affectsConfiguration: (id: string) => id === setting });
  };

  const changes: [string, () => unknown][] = [
    ["address", () => setTo(Setting.baseUrl, "https://api.example.com")],
    ["key", () => (secrets.stored = "sk-" + "ab12".repeat(16))],
  ];
  for (const [name, change] of changes) {
    it(`is nothing from when the ${name} changes until the new one was asked`, async () => {
      await health.checkNow();
      assert.equal(health.report?.state, "ok");
      assert.ok(health.findings.models);
      change();
      assert.deepEqual([health.report, health.findings], [undefined, {}]);
    });
  }

  it("stays true of the key and the address while another model is set", async () => {
    await health.checkNow();
    const { models, route } = health.findings;
    setTo(Setting.model, "gpt-5.4");
    assert.ok(models && route);
    assert.deepEqual([health.findings.models, health.findings.route], [models, route]);
  });

  it("is in the log from the first check on, with the ways of the clients", async () => {
    await health.checkNow();
    assert.match(logged.join("\n"), /^endpoint http:\S+: ok codex: works/);
  });
});
