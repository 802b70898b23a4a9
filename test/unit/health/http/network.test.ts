import assert from "node:assert/strict";
import { createSecureContext } from "node:tls";
import { networkTo } from "../../../../src/health/http/network";

const GATEWAY = new URL("https://api.gateway.invalid");
const TRUST = createSecureContext();

describe("networkTo", () => {
  const table: [string, string, NodeJS.ProcessEnv, unknown][] = [
    ["the same way for both", "", { HTTPS_PROXY: "http://a:1" }, "same"],
    ["both directly", "", {}, "same"],
    ["a proxy that only VS Code knows", "http://a:1", {}, undefined],
    ["a proxy that VS Code replaces", "http://a:1", { HTTPS_PROXY: "http://b:2" }, "http://b:2"],
    ["a SOCKS proxy, which cannot be tried from here", "http://a:1", { ALL_PROXY: "socks5://c:3" }, "same"],
    ["HTTP_PROXY, which nobody uses for https", "", { HTTP_PROXY: "http://a:1" }, "same"],
  ];
  it("sees that the clients send what is for this machine to the proxy, too", () => {
    const local = new URL("http://127.0.0.1:8080");
    const settings = { proxySupport: "override", proxy: "", noProxy: [] };
    const { route, clientRoute } = networkTo(local, settings, { HTTP_PROXY: "http://a:1" }, TRUST, fetch);
    assert.equal(route.proxy, undefined);
    assert.equal(clientRoute?.proxy, "http://a:1");
  });

  for (const [name, proxy, env, expected] of table) {
    it(`sees whether the clients go another way: ${name}`, () => {
      const settings = { proxySupport: "override", proxy, noProxy: [] };
      const { route, clientRoute } = networkTo(GATEWAY, settings, env, TRUST, fetch);
      assert.equal(route.secureContext, TRUST);
      if (expected === "same") assert.equal(clientRoute, undefined);
      else assert.deepEqual(clientRoute, { proxy: expected, secureContext: TRUST });
    });
  }
});
