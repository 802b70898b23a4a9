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

const log = { info: () => undefined, error: () => undefined } as unknown as LogOutputChannel;

describe("what is known of the endpoint", () => {
  let gateway: Gateway;
  let folder: string;
  let health: InstanceType<typeof EndpointHealth>;
  beforeEach(async () => {
    user.reset();
    gateway = await startGateway();
    gateway.replay("new-api", "good");
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-health-"));
    user.settings.set(Setting.baseUrl, gateway.url);
    const readText = (file: string, largest: number) => readTextIfAny(fs, file, largest);
    health = new EndpointHealth(
      new ApiKeyStore(new Secrets(gateway.key), new Memory()),
      log,
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

  it("is nothing from when the address changes until the new one was asked, beside no report either", async () => {
    await health.checkNow();
    assert.equal(health.report?.state, "ok");
    assert.ok(health.findings.models);
    user.settings.set(Setting.baseUrl, "https://api.example.com");
    user.tell("configuration", { affectsConfiguration: (id: string) => id === Setting.baseUrl });
    assert.deepEqual([health.report, health.findings], [undefined, {}]);
    assert.equal(health.findings, health.findings, "a look would be taken again and again");
  });
});
