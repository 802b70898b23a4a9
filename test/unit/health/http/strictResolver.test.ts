import assert from "node:assert/strict";
import { satisfiesStrictResolver } from "../../../../src/health/http/strictResolver";

const HOST = "api.gateway.test";

/** A name server with this answer for IPv6, and a file of hosts. */
const service = (answer: string, hosts: string | Error = "") => ({
  resolve6: () => (answer === "address" ? Promise.resolve(["2001:db8::1"]) : Promise.reject(failure(answer))),
  readHosts: () => (typeof hosts === "string" ? Promise.resolve(hosts) : Promise.reject(hosts)),
});

const failure = (code: string) => Object.assign(new Error(`queryAaaa ${code} ${HOST}`), { code });

describe("satisfiesStrictResolver", () => {
  for (const answer of ["address", "ENODATA"])
    it(`is content with ${answer}`, async () =>
      assert.equal(await satisfiesStrictResolver(HOST, service(answer)), true));

  for (const answer of ["ESERVFAIL", "EREFUSED", "ENOTFOUND", "ETIMEOUT"])
    it(`is not content with ${answer}`, async () =>
      assert.equal(await satisfiesStrictResolver(HOST, service(answer)), false));

  it("asks no name server for what the file of hosts holds", async () => {
    for (const [hosts, expected] of [
      [`127.0.0.1 localhost\n10.0.0.1\tother ${HOST.toUpperCase()} # ours\n`, true],
      [`10.0.0.1 other # ${HOST}\n${HOST}\n`, false],
      [`10.0.0.1 x${HOST}\n`, false],
      [new Error("ENOENT"), false],
    ] as const)
      assert.equal(await satisfiesStrictResolver(HOST, service("ESERVFAIL", hosts)), expected, String(hosts));
  });

  for (const host of ["127.0.0.1", "[::1]", "localhost", "a.LOCALHOST"])
    it(`has nothing to ask for ${host}`, async () => {
      const resolve6 = () => Promise.reject(failure("ESERVFAIL"));
      assert.equal(await satisfiesStrictResolver(host, { ...service(""), resolve6 }), true);
    });
});
