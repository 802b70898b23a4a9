import assert from "node:assert/strict";
import { measureAddressFamilies } from "../../../../src/health/probe/addressFamilies";
import { type Gateway, startGateway } from "../../../gateway/gateway";

describe("measureAddressFamilies", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());
  beforeEach(() => gateway.clear());

  it("tells a family that works from one that does not, and sends no key", async () => {
    // The simulator listens on 127.0.0.1 only.
    const { port } = new URL(gateway.url);
    const [four, six, ...more] = await measureAddressFamilies(`http://localhost:${port}`, {});
    assert.deepEqual(more, []);
    assert.equal(four?.family, 4);
    assert.ok(Number.isInteger(four.totalMs));
    assert.equal(six?.family, 6);
    assert.match(six.code ?? "", /^network\/(?:unreachable|dns)$/);
    assert.deepEqual(
      gateway.requests.map(({ authorization }) => authorization),
      [undefined],
    );
  });

  it("does nothing where there is no choice", async () => {
    assert.deepEqual(await measureAddressFamilies(gateway.url, {}), []);
    assert.deepEqual(await measureAddressFamilies("http://[::1]:1", {}), []);
    const proxy = "http://127.0.0.1:1";
    assert.deepEqual(await measureAddressFamilies("https://gateway.invalid", { proxy }), []);
    assert.deepEqual(gateway.requests, []);
  });

  it("can be cancelled", async () => {
    const { port } = new URL(gateway.url);
    assert.deepEqual(await measureAddressFamilies(`http://localhost:${port}`, {}, AbortSignal.abort()), []);
  });
});
