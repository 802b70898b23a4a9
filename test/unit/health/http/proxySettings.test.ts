import assert from "node:assert/strict";
import { proxyFor, type ProxySettings } from "../../../../src/health/http/proxySettings";

const SETTINGS: ProxySettings = { proxySupport: "override", proxy: "", noProxy: [] };
const ENV = { HTTPS_PROXY: "http://secure:1", HTTP_PROXY: "http://plain:2" };
const GATEWAY = "https://api.gateway.invalid";

describe("proxyFor", () => {
  const table: [string, string, Partial<ProxySettings>, NodeJS.ProcessEnv, string | undefined][] = [
    ["nothing set", GATEWAY, {}, {}, undefined],
    ["HTTPS_PROXY", GATEWAY, {}, ENV, "http://secure:1"],
    ["no HTTP_PROXY for https, as the clients", GATEWAY, {}, { HTTP_PROXY: "http://plain:2" }, undefined],
    ["HTTP_PROXY for plain http", "http://gateway.invalid", {}, ENV, "http://plain:2"],
    ["lower case first", GATEWAY, {}, { ...ENV, https_proxy: "http://lower:3" }, "http://lower:3"],
    ["lower case", GATEWAY, {}, { https_proxy: "http://lower:3" }, "http://lower:3"],
    ["an empty variable", GATEWAY, {}, { HTTPS_PROXY: "", HTTP_PROXY: " " }, undefined],
    ["http.proxy before the environment", GATEWAY, { proxy: "http://set:4" }, ENV, "http://set:4"],
    ["switched off", GATEWAY, { proxySupport: "off", proxy: "http://set:4" }, ENV, undefined],
    ["this machine by name", "https://localhost:8443", { proxy: "http://set:4" }, ENV, undefined],
    ["this machine by address", "http://127.0.0.1:8080", {}, ENV, undefined],
    ["this machine by IPv6 address", "http://[::1]:8080", {}, ENV, undefined],
    ["NO_PROXY", GATEWAY, {}, { ...ENV, NO_PROXY: "other, gateway.invalid" }, undefined],
    ["NO_PROXY with a dot", GATEWAY, {}, { ...ENV, no_proxy: ".GATEWAY.invalid" }, undefined],
    ["NO_PROXY for everything", GATEWAY, {}, { ...ENV, NO_PROXY: "*" }, undefined],
    ["NO_PROXY for half a name", GATEWAY, {}, { ...ENV, NO_PROXY: "way.invalid" }, "http://secure:1"],
    ["NO_PROXY for this port", GATEWAY, {}, { ...ENV, NO_PROXY: "gateway.invalid:443" }, undefined],
    ["NO_PROXY for another port", GATEWAY, {}, { ...ENV, NO_PROXY: "gateway.invalid:80" }, "http://secure:1"],
    ["http.noProxy", GATEWAY, { noProxy: ["gateway.invalid"] }, ENV, undefined],
    ["http.noProxy before http.proxy", GATEWAY, { noProxy: ["*"], proxy: "http://set:4" }, ENV, undefined],
    [
      "http.noProxy in place of NO_PROXY",
      GATEWAY,
      { noProxy: ["other"] },
      { ...ENV, NO_PROXY: "*" },
      "http://secure:1",
    ],
  ];
  for (const [name, url, settings, env, expected] of table) {
    it(`${name}: ${expected ?? "direct"}`, () => {
      assert.equal(proxyFor(new URL(url), { ...SETTINGS, ...settings }, env), expected);
    });
  }
});
