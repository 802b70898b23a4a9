import assert from "node:assert/strict";
import { classifyErrorBody } from "../../../../src/gateway/answers/errorBodies";
import type { GatewayAnswer } from "../../../../src/gateway/answers/gatewayAnswer";
import { titleOf } from "../../../../src/gateway/answers/pages";

const HTML = "text/html; charset=utf-8";
const page = (title: string, body = "") =>
  `<!DOCTYPE html><html><head><title>${title}</title><style>a{}</style></head><body>${body}</body></html>`;

type Case = readonly [title: string, answer: Partial<GatewayAnswer>, verdict: string];

/** Nobody on the way can have changed anything: the certificate is the gateway's own. */
const DIRECT: readonly Case[] = [
  ["a website", { status: 200, body: page("TokenPool", "Sign in") }, "endpoint/website notAnApi"],
  ["a website behind an edge", edge(200, page("Shop")), "endpoint/website notAnApi"],
  ["nginx's 403", { status: 403, body: page("403 Forbidden") }, "network/blocked blocked"],
  ["an edge's challenge", edge(403, page("Just a moment...")), "network/blocked blocked"],
  ["an edge's 451", edge(451, page("Unavailable")), "network/blocked blocked"],
  ["an edge's 401", edge(401, page("Access denied")), "endpoint/html-response notAnApi"],
  ["a challenge with 401", mitigated(401), "network/blocked blocked"],
  [
    "nginx's 401",
    { status: 401, body: page("401 Authorization Required") },
    "endpoint/html-response notAnApi",
  ],
  [
    "a 401 without a type",
    { status: 401, contentType: "", body: "<h1>No</h1>" },
    "endpoint/html-response notAnApi",
  ],
  ["a filter's 403", { status: 403, body: page("Web Page Blocked") }, "network/filtered blocked"],
  ["a filter's 401", { status: 401, body: page("URL filtering: denied") }, "network/filtered blocked"],
  [
    "a filter's 200",
    { status: 200, body: page("", "<p>Blocked by your network policy") },
    "network/filtered blocked",
  ],
  ["a filter's 503", { status: 503, body: page("Web Page Blocked") }, "network/filtered blocked"],
  ["a Chinese filter", { status: 403, body: page("上网行为管理") }, "network/filtered blocked"],
  ["a 451", { status: 451, body: page("Unavailable") }, "network/filtered blocked"],
  ["a 451 in JSON", json(451, {}), "network/blocked blocked"],
  [
    "a portal's 200",
    { status: 200, body: page("Free Wi-Fi", "<form>Sign in") },
    "network/captive-portal notAnApi",
  ],
  ["a portal's 401", { status: 401, body: page("Captive Portal") }, "network/captive-portal notAnApi"],
  ["a Chinese portal", { status: 200, body: page("校园网认证") }, "network/captive-portal notAnApi"],
  ["nginx's 502", { status: 502, body: page("502 Bad Gateway") }, "gateway/unavailable gatewayError"],
  [
    "a shop that writes about filters further down",
    { status: 200, body: page("Shop", "word ".repeat(200) + "blocked by your company firewall") },
    "endpoint/website notAnApi",
  ],
  ["a redirect to itself", to("https://gateway.example/login"), "endpoint/redirect notAnApi"],
  ["a redirect to a path", to("/login"), "endpoint/redirect notAnApi"],
  ["a redirect to another host", to("https://other.example/login"), "endpoint/redirect notAnApi"],
  ["a redirect to a chain of blocks", to("https://blockchain.example/"), "endpoint/redirect notAnApi"],
  ["a redirect to a filter", to("https://filter.example/deny?u=1"), "network/filtered blocked"],
  ["a redirect to a portal", to("http://captive.example/"), "network/captive-portal notAnApi"],
];

/** A proxy or a box with its own certificate may have written it. */
const FOREIGN: readonly Case[] = [
  ["any page", { status: 200, body: page("Welcome") }, "network/filtered notAnApi"],
  ["any 401", { status: 401, body: page("Access denied") }, "network/filtered notAnApi"],
  ["any 403", { status: 403, body: page("403 Forbidden") }, "network/filtered blocked"],
  ["any 404", { status: 404, body: page("Not found") }, "network/filtered notAnApi"],
  [
    "a sign-in",
    { status: 401, body: page("Welcome", "<input type=password>") },
    "network/captive-portal notAnApi",
  ],
  ["an edge's challenge", edge(403, page("Just a moment...")), "network/blocked blocked"],
  ["nginx's 502", { status: 502, body: page("502 Bad Gateway") }, "gateway/unavailable gatewayError"],
  ["a redirect to another host", to("https://other.example/x"), "network/filtered notAnApi"],
  [
    "a redirect to another host's sign-in",
    to("https://other.example/login"),
    "network/captive-portal notAnApi",
  ],
  ["a redirect to itself", to("https://gateway.example/login"), "endpoint/redirect notAnApi"],
  ["the gateway's own refusal", json(401, { code: "INVALID_API_KEY" }), "account/key-invalid unauthorized"],
];

function edge(status: number, body: string): Partial<GatewayAnswer> {
  return { status, body, headers: { server: "cloudflare", "cf-ray": "8a1b-FRA" } };
}

function mitigated(status: number): Partial<GatewayAnswer> {
  return { status, body: page("Just a moment..."), headers: { "cf-mitigated": "challenge" } };
}

function to(location: string): Partial<GatewayAnswer> {
  return { status: 302, body: "", headers: { location } };
}

function json(status: number, body: object): Partial<GatewayAnswer> {
  return { status, contentType: "application/json", body: JSON.stringify(body) };
}

function judge(answer: Partial<GatewayAnswer>): string {
  const { code, state } = classifyErrorBody({
    status: 200,
    contentType: HTML,
    headers: {},
    body: "",
    host: "gateway.example",
    ...answer,
  });
  return `${code} ${state}`;
}

describe("who sent a page", () => {
  for (const [title, answer, verdict] of DIRECT) {
    it(`${title}, directly`, () => assert.equal(judge(answer), verdict));
  }
  for (const [title, answer, verdict] of FOREIGN) {
    it(`${title}, with somebody in between`, () =>
      assert.equal(judge({ ...answer, mayBeForeign: true }), verdict));
  }

  it("has a title, or a heading instead", () => {
    assert.equal(titleOf(page(" Web Page\nBlocked ")), "Web Page\nBlocked");
    assert.equal(titleOf("<html><H1 class=x>Access Denied</H1>"), "Access Denied");
    assert.equal(titleOf("<html><title></title>"), "");
  });
});
