import assert from "node:assert/strict";
import { checkEndpoint } from "../../../../src/health/probe/checkEndpoint";
import { type Gateway, startGateway } from "../../../gateway/gateway";

describe("checkEndpoint", () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.close());

  const asked = { clientVersion: "0.169.0" };
  const check = (limits = {}, signal?: AbortSignal) =>
    checkEndpoint({
      endpoint: gateway.url,
      apiKey: gateway.key,
      model: "gpt-5.5",
      asked,
      limits,
      ...(signal && { signal }),
    });

  for (const scope of ["usage", "responses"] as const) {
    it(`keeps the verdict of the models when ${scope} says nothing in the time that is left`, async () => {
      gateway.setMode("hang-headers", scope);
      // The limit for the first byte alone would let it wait for 8 s.
      const result = await check({ totalMs: 500 });
      assert.deepEqual([result?.report.state, result?.findings.models?.length], ["ok", 3]);
    });
  }

  it("asks for usage only after the models have answered", async () => {
    await check();
    const paths = gateway.requests.map(({ path }) => path);
    assert.equal(paths[0], "/v1/models");
    assert.ok(paths.includes("/v1/usage"));
  });

  it("asks nothing more where the key is refused, the gateway limits, or an address is no API", async () => {
    for (const mode of ["401-sub2api", "429", "200-html", "500"] as const) {
      gateway.clear();
      gateway.setMode(mode);
      await check();
      assert.equal(gateway.requests.length, 1, mode);
    }
  });

  it("asks for usage where the quota is used up, and calls nothing left that the key's own limit leaves", async () => {
    const left = (await check())?.findings.usage;
    assert.equal(typeof left?.remaining, "number");
    gateway.setMode("402", "models");
    const { report, findings } = (await check()) ?? {};
    assert.deepEqual([report?.state, report?.code], ["noQuota", "account/no-quota"]);
    assert.deepEqual(findings?.usage, { unit: left?.unit, windows: [] });
  });

  it("can be cancelled while it waits for usage", async () => {
    gateway.setMode("hang-headers", "usage");
    const leaving = new AbortController();
    const checking = check({}, leaving.signal);
    await gateway.waitForRequest(({ path }) => path === "/v1/usage");
    leaving.abort();
    assert.equal(await checking, undefined);
  });
});
