import assert from "node:assert/strict";
import { DEFAULT_BASE_URL } from "../../../src/gateway/endpoints";
import { codexBaseUrl, hasRoute, lacksVersion } from "../../../src/gateway/responsesRoute";

const JSON_TYPE = "application/json; charset=utf-8";
const PAGE_TYPE = "text/html; charset=utf-8";
const OWN = "https://gateway.invalid";

describe("hasRoute", () => {
  const answers: [string, number, string, string, boolean | undefined][] = [
    ["sub2api wants a key", 401, JSON_TYPE, '{"code":"API_KEY_REQUIRED"}', true],
    ["new-api wants a key", 401, JSON_TYPE, '{"error":{"message":"Invalid token"}}', true],
    ["another API finds fault", 400, JSON_TYPE, '{"error":{"message":"model is required"}}', true],
    ["a page", 200, PAGE_TYPE, "<!doctype html>", false],
    ["a page under a false type", 200, JSON_TYPE, "<html>", false],
    [
      "an unknown path in JSON",
      404,
      JSON_TYPE,
      '{"error":{"message":"Invalid URL (POST /responses)"}}',
      false,
    ],
    ["an unknown path in text", 404, "text/plain", "404 page not found", false],
    ["another method", 405, "text/plain", "", false],
    ["a limit", 429, JSON_TYPE, "{}", undefined],
    ["trouble", 503, JSON_TYPE, "{}", undefined],
    ["a firewall", 403, PAGE_TYPE, "<html>", undefined],
    ["a sign-in page", 302, PAGE_TYPE, "", undefined],
  ];
  for (const [name, status, type, body, expected] of answers) {
    it(`${name}: ${expected}`, () => assert.equal(hasRoute(status, type, body), expected));
  }
});

describe("codexBaseUrl", () => {
  const cases: [string, string, Parameters<typeof codexBaseUrl>[1], string | undefined, string][] = [
    ["an official host", DEFAULT_BASE_URL, undefined, undefined, DEFAULT_BASE_URL],
    [
      "an official host, whatever the file has",
      DEFAULT_BASE_URL,
      undefined,
      `${DEFAULT_BASE_URL}/v1`,
      DEFAULT_BASE_URL,
    ],
    ["an official host that needs /v1", DEFAULT_BASE_URL, "v1", DEFAULT_BASE_URL, `${DEFAULT_BASE_URL}/v1`],
    ["an own gateway that needs /v1", OWN, "v1", undefined, `${OWN}/v1`],
    ["an own gateway that serves both, from new", OWN, "root", undefined, OWN],
    ["a /v1 that works", OWN, "root", `${OWN}/v1`, `${OWN}/v1`],
    ["a /v1 that nobody knows of", OWN, undefined, `${OWN}/v1/`, `${OWN}/v1`],
    ["the root that nobody knows of", OWN, undefined, OWN, OWN],
    ["the /v1 of another gateway", OWN, undefined, "https://other.invalid/v1", OWN],
    ["a path that ends in another word", OWN, undefined, `${OWN}/av1`, OWN],
  ];
  for (const [name, baseUrl, route, current, expected] of cases) {
    it(`for ${name} is ${expected}`, () => assert.equal(codexBaseUrl(baseUrl, route, current), expected));
  }
});

describe("lacksVersion", () => {
  it("is said of the root of this gateway only", () => {
    assert.ok(lacksVersion(OWN, OWN));
    assert.ok(lacksVersion(`${OWN}/`, OWN));
    assert.ok(!lacksVersion(`${OWN}/v1`, OWN));
    assert.ok(!lacksVersion("https://other.invalid", OWN));
    assert.ok(!lacksVersion(DEFAULT_BASE_URL, OWN));
    assert.ok(!lacksVersion("", OWN));
  });
});
