import assert from "node:assert/strict";
import type { Variables } from "../../../../src/clients/machine/joinVariables";
import { codexNetwork } from "../../../../src/clients/codex/network";
import { opencodeNetwork } from "../../../../src/clients/opencode/network";

const GATEWAY = new URL("https://api.gateway.invalid");
const P = "http://proxy:3128";
const USED = { variable: "HTTPS_PROXY", address: P };
const UNUSABLE = { variable: "HTTPS_PROXY" };
const DIRECT = undefined;

/** What Codex 0.169.0 and the Bun of OpenCode 1.18.33 did: what arrived at a proxy that writes down what it is sent. */
const table: [string, Variables, codex: unknown, opencode: unknown, url?: URL][] = [
  ["nothing", {}, DIRECT, DIRECT],
  ["an address", { HTTPS_PROXY: P }, USED, USED],
  ["an address without a scheme", { HTTPS_PROXY: "proxy:3128" }, USED, USED],
  [
    "a password without a scheme",
    { HTTPS_PROXY: "us:pw@proxy:3128" },
    { ...USED, address: "http://us:pw@proxy:3128" },
    UNUSABLE,
  ],
  ["a scheme in upper case", { HTTPS_PROXY: "HTTP://proxy:3128" }, USED, UNUSABLE],
  // Codex takes such a value for none and connects directly.
  ["a blank behind it", { HTTPS_PROXY: `${P} ` }, DIRECT, UNUSABLE],
  ["quotes", { HTTPS_PROXY: `"${P}"` }, DIRECT, UNUSABLE],
  [
    "a raw @ in the password, which Codex cuts off",
    { HTTPS_PROXY: "http://us:p@w@proxy:3128" },
    { ...USED, address: "http://us:p@proxy:3128" },
    UNUSABLE,
  ],
  [
    "a raw % in the password, with which OpenCode sends none",
    { HTTPS_PROXY: "http://us:p%w@proxy:3128" },
    { ...USED, address: "http://us:p%25w@proxy:3128" },
    USED,
  ],
  [
    "an encoded @ in the password",
    { HTTPS_PROXY: "http://us:p%40w@proxy:3128" },
    { ...USED, address: "http://us:p%40w@proxy:3128" },
    { ...USED, address: "http://us:p%40w@proxy:3128" },
  ],
  ["a slash behind it", { HTTPS_PROXY: `${P}/` }, USED, USED],
  ["another protocol", { HTTPS_PROXY: "ftp://proxy" }, DIRECT, UNUSABLE],
  ["SOCKS", { HTTPS_PROXY: "socks5://proxy:1080" }, UNUSABLE, UNUSABLE],
  ["ALL_PROXY", { ALL_PROXY: P }, { ...USED, variable: "ALL_PROXY" }, DIRECT],
  ["ALL_PROXY in lower case", { all_proxy: P }, { ...USED, variable: "all_proxy" }, DIRECT],
  ["SOCKS for all", { ALL_PROXY: "socks5h://proxy:1080" }, { variable: "ALL_PROXY" }, DIRECT],
  ["SOCKS for all, beside an address", { ALL_PROXY: "socks5://s:1", HTTPS_PROXY: P }, USED, USED],
  [
    "an empty one beside ALL_PROXY",
    { HTTPS_PROXY: "", ALL_PROXY: P },
    { ...USED, variable: "ALL_PROXY" },
    DIRECT,
  ],
  [
    "one that is none, beside ALL_PROXY",
    { HTTPS_PROXY: "ftp://x", ALL_PROXY: P },
    { ...USED, variable: "ALL_PROXY" },
    UNUSABLE,
  ],
  [
    "an empty one in upper case",
    { HTTPS_PROXY: "", https_proxy: P },
    DIRECT,
    { ...USED, variable: "https_proxy" },
  ],
  [
    "two that differ",
    { HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:2" },
    { variable: "HTTPS_PROXY", address: "http://upper:1" },
    { variable: "https_proxy", address: "http://lower:2" },
  ],
  ["HTTP_PROXY for https", { HTTP_PROXY: P }, DIRECT, DIRECT],
  [
    "HTTP_PROXY for http",
    { HTTP_PROXY: P },
    { ...USED, variable: "HTTP_PROXY" },
    { ...USED, variable: "HTTP_PROXY" },
    new URL("http://127.0.0.1:8080"),
  ],
  ["the host", { HTTPS_PROXY: P, NO_PROXY: "api.gateway.invalid" }, DIRECT, DIRECT],
  ["its domain", { HTTPS_PROXY: P, NO_PROXY: "other, gateway.invalid" }, DIRECT, DIRECT],
  ["its domain with a dot", { HTTPS_PROXY: P, NO_PROXY: ".gateway.invalid" }, DIRECT, DIRECT],
  ["its domain in upper case", { HTTPS_PROXY: P, NO_PROXY: "GATEWAY.INVALID" }, DIRECT, DIRECT],
  ["everything", { HTTPS_PROXY: P, NO_PROXY: "other,*" }, DIRECT, DIRECT],
  ["part of a name", { HTTPS_PROXY: P, NO_PROXY: "ateway.invalid" }, USED, USED],
  ["a star before the domain", { HTTPS_PROXY: P, NO_PROXY: "*.gateway.invalid" }, USED, USED],
  ["the port", { HTTPS_PROXY: P, NO_PROXY: "api.gateway.invalid:443" }, USED, USED],
  ["a dot at the end", { HTTPS_PROXY: P, NO_PROXY: "api.gateway.invalid." }, USED, USED],
  ["a scheme", { HTTPS_PROXY: P, NO_PROXY: "https://api.gateway.invalid" }, USED, USED],
  ["semicolons", { HTTPS_PROXY: P, NO_PROXY: "x;api.gateway.invalid" }, USED, USED],
  ["a range", { HTTPS_PROXY: P, NO_PROXY: "10.0.0.0/8" }, USED, USED, new URL("https://10.1.2.3")],
  ["exceptions in lower case", { HTTPS_PROXY: P, NO_PROXY: "", no_proxy: "*" }, USED, DIRECT],
  ["no exceptions in lower case", { HTTPS_PROXY: P, NO_PROXY: "*", no_proxy: "" }, DIRECT, DIRECT],
  ["exceptions in upper case", { HTTPS_PROXY: P, NO_PROXY: "*", no_proxy: "x" }, DIRECT, USED],
];

describe("the clients' proxies", () => {
  for (const [name, variables, codex, opencode, url = GATEWAY] of table) {
    it(`are as measured: ${name}`, () => {
      assert.deepEqual(codexNetwork.proxyFor(url, variables), codex, "Codex");
      assert.deepEqual(opencodeNetwork.proxyFor(url, variables), opencode, "OpenCode");
    });
  }
});
