import assert from "node:assert/strict";
import { createSecureContext } from "node:tls";
import { PROBE_LIMITS } from "../../../../src/health/probe/probe";
import { type Outcome, timedFetch } from "../../../../src/health/http/timedRequest";
import type { Route } from "../../../../src/health/http/timedConnector";
import { startProxy } from "../connectProxy";
import { certificates, COMPANY, MODELS, World } from "../failureWorld";
import { answering, response } from "../loopback";

describe("what is seen on the way", () => {
  let world: World;
  beforeEach(() => (world = new World()));
  afterEach(() => world.end());

  const trusting = createSecureContext({ ca: COMPANY.cert });
  async function look(url: string, route: Route): Promise<Exclude<Outcome, { kind: "cancelled" }>> {
    const outcome = await timedFetch({ url: new URL(url), headers: {}, limits: PROBE_LIMITS, route });
    assert.ok(outcome.kind !== "cancelled");
    return outcome;
  }
  const serve = answering(response("200 OK", "application/json", MODELS));

  it("has the certificate, also where nobody trusts it", async () => {
    const { port } = await world.start(serve, certificates.company);
    for (const [route, kind, foreignChain] of [
      [{ secureContext: trusting }, "answer", true],
      [{}, "failure", undefined],
    ] as const) {
      const { kind: found, seen } = await look(`https://localhost:${port}`, route);
      assert.equal(found, kind);
      assert.equal(seen.certificate?.subject, "localhost");
      assert.equal(seen.certificate.issuer, COMPANY.hostName);
      assert.ok(Date.parse(seen.certificate.validTo) > Date.now());
      assert.equal(seen.foreignChain, foreignChain);
      assert.equal(seen.tlsError, kind === "failure" ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : undefined);
    }
  });

  it("has the address and its family", async () => {
    const { port } = await world.start(serve);
    const { seen } = await look(`http://127.0.0.1:${port}`, {});
    assert.deepEqual(seen, { address: "127.0.0.1", family: 4 });
  });

  it("has the proxy without its password, and what it said", async () => {
    const proxy = world.closeLater(await startProxy(0));
    proxy.credentials = "me:right";
    const { seen } = await look("https://gateway.invalid", {
      proxy: `http://me:wrong@127.0.0.1:${proxy.port}`,
    });
    assert.deepEqual(seen, {
      proxy: `127.0.0.1:${proxy.port}`,
      connectStatus: 407,
      address: "127.0.0.1",
      family: 4,
    });
  });
});
