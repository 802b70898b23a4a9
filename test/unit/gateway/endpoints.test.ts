import assert from "node:assert/strict";
import { checkBaseUrl, isLoopback, isTokenPoolBaseUrl } from "../../../src/gateway/endpoints";

describe("checkBaseUrl", () => {
  const accepted: [string, string, boolean][] = [
    ["https://api.clawto.link", "https://api.clawto.link", true],
    [" https://api.tokenpool.dev/ ", "https://api.tokenpool.dev", true],
    ["https://api.clawto.link/v1", "https://api.clawto.link", true],
    ["HTTPS://API.CLAWTO.LINK/v1/", "https://api.clawto.link", true],
    ["https://api.clawto.link:443", "https://api.clawto.link", true],
    ["https://nottokenpool.dev", "https://nottokenpool.dev", false],
    ["https://xclawto.link/v1", "https://xclawto.link", false],
    ["https://gateway.example/openai/v1", "https://gateway.example/openai", false],
    ["https://gateway.example/v1beta/openai", "https://gateway.example/v1beta/openai", false],
    ["https://gateway.example/models/team/v1", "https://gateway.example/models/team", false],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080", false],
    ["http://localhost:8080", "http://localhost:8080", false],
    ["http://[::1]:8080", "http://[::1]:8080", false],
  ];
  for (const [raw, baseUrl, official] of accepted) {
    it(`brings ${raw} into the stored shape`, () => {
      assert.deepEqual(checkBaseUrl(raw), { valid: true, baseUrl, official });
    });
  }

  const refused: [string, string][] = [
    ["https://tokenpool.dev", "endpoint/website"],
    ["https://www.tokenpool.dev/", "endpoint/website"],
    ["https://tokenpool.dev/console/api-keys", "endpoint/website"],
    ["https://cdn.tokenpool.dev/v1", "endpoint/website"],
    ["https://cdn.clawto.link", "endpoint/website"],
    ["https://clawto.link", "endpoint/website"],
    ["http://api.clawto.link", "endpoint/insecure"],
    ["http://gateway.example", "endpoint/insecure"],
    ["http://127.0.0.1.evil.example", "endpoint/insecure"],
    ["https://api.clawto.link@evil.example", "endpoint/malformed"],
    ["https://user:secret@gateway.example", "endpoint/malformed"],
    ["https://api.clawto.link:8443", "endpoint/malformed"],
    ["https://api.clawto.link/?next=x", "endpoint/malformed"],
    ["https://api.clawto.link/#v1", "endpoint/malformed"],
    ["https://api.clawto.link/v1/v1", "endpoint/too-much-path"],
    ["https://api.clawto.link/v1/responses", "endpoint/too-much-path"],
    ["https://gateway.example/v1/v1", "endpoint/too-much-path"],
    ["https://gateway.example/v1/chat/completions/", "endpoint/too-much-path"],
    ["api.clawto.link", "endpoint/malformed"],
    ["ftp://api.clawto.link", "endpoint/malformed"],
    ["ftp://gateway.example/https://api.clawto.link", "endpoint/malformed"],
    ["javascript:alert(1)", "endpoint/malformed"],
    ["", "endpoint/malformed"],
  ];
  for (const [raw, code] of refused) {
    it(`refuses “${raw}” as ${code}, and says what to do`, () => {
      const check = checkBaseUrl(raw);
      assert.equal(check.valid ? "accepted" : check.code, code);
      assert.match(check.valid ? "" : check.message, /Use https:\/\/api\.|Leave out everything from/);
    });
  }

  it("names the right address when it refuses one of TokenPool's own", () => {
    const check = checkBaseUrl("https://tokenpool.dev/console");
    assert.match(check.valid ? "" : check.message, /https:\/\/api\.clawto\.link/);
  });
});

describe("isTokenPoolBaseUrl", () => {
  it("knows both endpoints with and without /v1, and the address the user chose", () => {
    const chosen = "https://gateway.example";
    const answers = [
      "https://api.clawto.link",
      "https://api.tokenpool.dev/v1",
      "https://gateway.example/v1/",
      "https://api.openai.com/v1",
      "https://tokenpool.dev",
      "not a url",
    ].map((url) => isTokenPoolBaseUrl(url, chosen));
    assert.deepEqual(answers, [true, true, true, false, false, false]);
  });
});

describe("isLoopback", () => {
  for (const host of ["localhost", "[::1]", "127.0.0.1", "127.255.3.4"]) {
    it(`is true of ${host}`, () => assert.equal(isLoopback(host), true));
  }

  for (const host of [
    "",
    "::1",
    "[::2]",
    "128.0.0.1",
    "1127.0.0.1",
    "127.0.0",
    "127.0.0.1.example",
    "127.0.0.1234",
    "localhost.example",
    "notlocalhost",
  ]) {
    it(`is false of ${JSON.stringify(host)}, which may be any machine`, () =>
      assert.equal(isLoopback(host), false));
  }
});
