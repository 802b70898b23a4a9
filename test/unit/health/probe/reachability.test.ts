import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { measureReachability } from "../../../../src/health/probe/reachability";

describe("an endpoint that is asked without a key", () => {
  for (const [status, code] of [
    [401, undefined],
    [499, undefined],
    [500, "gateway/unavailable"],
    [503, "gateway/unavailable"],
  ] as const) {
    it(`${code ? "cannot be used" : "is there"} when it answers ${status} in JSON`, async () => {
      const server = http.createServer((_, response) =>
        response.writeHead(status, { "content-type": "application/json" }).end("{}"),
      );
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      try {
        const { port } = server.address() as AddressInfo;
        const measured = await measureReachability(`http://127.0.0.1:${port}`, undefined);
        assert.equal(measured?.code, code);
      } finally {
        server.close();
      }
    });
  }
});
