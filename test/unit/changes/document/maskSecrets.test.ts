import assert from "node:assert/strict";
import { maskSecrets } from "../../../../src/changes/document/maskSecrets";
import { API_KEY } from "../temporaryStore";

const OTHER_KEY = "sk-" + "cd34".repeat(15) + "cd99";

describe("mask secrets", () => {
  for (const [name, text] of [
    ["a TOML key", `api_key = "${API_KEY}"`],
    ["a TOML key in single quotes", `experimental_bearer_token = '${API_KEY}'`],
    ["a JSON member", `{ "OPENAI_API_KEY": "${API_KEY}" }`],
    ["a member in camel case", `{ "apiKey": "${API_KEY}" }`],
    ["an inline header", `http_headers = { Authorization = "Bearer ${API_KEY}" }`],
    ["a header named with hyphens", `http_headers = { "X-Api-Key" = "${API_KEY}" }`],
    ["a TOML key in three quotes", `experimental_bearer_token = """${API_KEY}"""`],
    ["a member with an odd name", `{ "x": "${API_KEY}" }`],
    ["a bare word in a comment", `# was ${API_KEY}`],
    ["tokens of a login", `{ "tokens": { "access_token": "${API_KEY}", "refresh_token": "${API_KEY}" } }`],
  ] as const) {
    it(`hides the value of ${name}`, () => {
      const masked = maskSecrets(text, false);
      assert.ok(!masked.includes(API_KEY.slice(8, 40)), "the key is readable");
      assert.equal(masked.length < text.length, true);
    });
  }

  it("keeps two different keys apart", () => {
    assert.notEqual(
      maskSecrets(`api_key = "${API_KEY}"`, false),
      maskSecrets(`api_key = "${OTHER_KEY}"`, false),
    );
  });

  it("hides everything in a credential file without structure", () => {
    const masked = maskSecrets(`${API_KEY}\n`, true);
    assert.ok(!masked.includes(API_KEY.slice(8, 40)));
    assert.ok(masked.endsWith("\n"));
  });

  it("shows everything else, and references to where a credential is", () => {
    const text = '{ "model": "gpt-5.5", "apiKey": "{env:TOKENPOOL_API_KEY}", "name": "TokenPool gateway" }\n';
    assert.equal(maskSecrets(text, true), text);
  });

  it("shows nothing of a value too short to keep a part of it secret", () => {
    const short = "abcdefgh1234567";
    assert.equal(maskSecrets(`token = "${short}"`, false), 'token = "…"');
  });

  it("shows an empty and a short value as they are", () => {
    const text = 'api_key = ""\ntoken = "none"\n';
    assert.equal(maskSecrets(text, false), text);
  });
});
