import assert from "node:assert/strict";
import * as net from "node:net";
import type { AddressInfo } from "node:net";
import { isListening } from "../../../../src/editor/machine/isListening";

describe("isListening", () => {
  it("tells a program from a closed port, by every name of this machine", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    assert.equal(await isListening("127.0.0.1", port), true);
    assert.equal(await isListening("localhost", port), true);
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await isListening("127.0.0.1", port), false);
    assert.equal(await isListening("localhost", port), false);
  });
});
