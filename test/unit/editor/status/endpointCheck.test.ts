import { oneWay } from "../../../../src/health/http/network";
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LogOutputChannel } from "vscode";
import { readTextIfAny } from "../../../../src/changes/disk/readBytes";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { type Gateway, startGateway } from "../../../gateway/gateway";

const { EndpointCheck } = await import("../../../../src/editor/status/endpointCheck");

describe("one check of the endpoint", () => {
  let gateway: Gateway;
  let folder: string;
  beforeEach(async () => {
    user.reset();
    gateway = await startGateway();
    gateway.replay("new-api", "good");
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-check-"));
  });
  afterEach(async () => {
    await gateway.close();
    await fs.rm(folder, { recursive: true });
  });

  const set = (setting: string, value: string) => user.settings.set(setting, value);
  const newWindow = () => {
    const readText = (file: string, largest: number) => readTextIfAny(fs, file, largest);
    return new EndpointCheck(
      () => Promise.resolve(gateway.key),
      { info: () => undefined } as unknown as LogOutputChannel,
      { fs, file: path.join(folder, "health.json"), readText },
      {
        network: () => Promise.resolve(oneWay({})),
        codexAddress: () => Promise.resolve(undefined),
        codexVersion: () => Promise.resolve("0.169.0"),
      },
    );
  };

  it("asks for nothing beside the verdict once its time is over", async () => {
    set(Setting.baseUrl, gateway.url.replace("127.0.0.1", "localhost"));
    for (const [wholeMs, families] of [
      [undefined, [4, 6]],
      [0, []],
    ] as const) {
      const check = newWindow();
      const report = await check.run(new AbortController().signal, true, wholeMs);
      assert.equal(report?.state, "ok");
      assert.deepEqual(
        check.findings.addressFamilies?.map(({ family }) => family),
        families,
      );
    }
  });

  it("tells every window where the Responses API is, with another model and after another address was tried", async () => {
    set(Setting.baseUrl, gateway.url);
    const check = newWindow();
    assert.equal(await check.knownRoute(gateway.key), undefined);
    await check.run(new AbortController().signal, true);
    assert.equal(await check.knownRoute(gateway.key), "v1");
    set(Setting.model, "gpt-5.4");
    assert.equal(await newWindow().knownRoute(gateway.key), "v1");
    set(Setting.baseUrl, `${gateway.url}/other`);
    assert.equal(await newWindow().knownRoute(gateway.key), undefined, "of another address nothing is known");
    await newWindow().run(new AbortController().signal, true);
    set(Setting.baseUrl, gateway.url);
    assert.equal(await newWindow().knownRoute(gateway.key), "v1");
    assert.equal(await newWindow().knownRoute("sk-another"), undefined);
  });

  it("keeps nothing that another window has found once it is overtaken", async () => {
    set(Setting.baseUrl, gateway.url);
    await newWindow().run(new AbortController().signal, true);
    const check = newWindow();
    assert.equal(await check.run(AbortSignal.abort(), false), undefined);
    assert.deepEqual(check.findings, {});
    await check.run(new AbortController().signal, false);
    assert.ok(check.findings.models, "it was there to be found");
  });
});
