import assert from "node:assert/strict";
import { checkApiKey, cleanApiKey, maskApiKey } from "../../../src/gateway/apiKey";

const KEY = "sk-" + "ab12".repeat(16);

describe("checkApiKey", () => {
  const pasted: [string, string][] = [
    ["the bare key", KEY],
    ["blanks and line breaks around", `  \n${KEY}\r\n `],
    ["double quotes", `"${KEY}"`],
    ["typographic quotes", `“${KEY}”`],
    ["an Authorization header", `Authorization: Bearer ${KEY}`],
    ["an Authorization header with blanks", `authorization  :   Bearer ${KEY}`],
    ["a bearer token", `bearer  ${KEY}`],
    ["blanks inside of quotes", `" ${KEY} "`],
    ["a shell assignment", `export OPENAI_API_KEY="${KEY}"`],
    ["a dotenv line", `OPENAI_API_KEY=${KEY}`],
    ["auth.json", JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: KEY }, null, 2)],
    ["an OpenCode snippet", `{ "options": { "apiKey": "${KEY}" } }`],
    ["a TOML line", `experimental_bearer_token = '${KEY}'`],
    ["a key that a terminal wrapped", `${KEY.slice(0, 40)}\n${KEY.slice(40)}`],
  ];
  for (const [name, text] of pasted) {
    it(`takes the key out of ${name}`, () => {
      assert.deepEqual(checkApiKey(text), { valid: true, key: KEY });
    });
  }

  const refused: [string, string, RegExp][] = [
    ["nothing", "", /Paste/],
    ["only blanks", "  \n", /Paste/],
    ["a masked key with dots", "sk-ab12…ab12", /masked/],
    ["a masked key with stars", "sk-ab12********ab12", /masked/],
    ["a masked key with three dots", "sk-ab12...ab12", /masked/],
    ["a key with full-width letters", `${KEY}ａ`, /ASCII/],
    ["a key with a zero-width space", `${KEY.slice(0, 30)}\u200b${KEY.slice(30)}`, /ASCII/],
    ["a sentence", `my key is ${KEY}`, /more than a key/],
    ["half a key", "sk-ab12ab12", /too short/],
    ["a novel", "x".repeat(129), /too long/],
    ["a JSON document without a key", '{"a":1}', /more than a key/],
  ];
  for (const [name, text, reason] of refused) {
    it(`refuses ${name} with the reason`, () => {
      const check = checkApiKey(text);
      assert.match(check.valid ? "accepted" : check.message, reason);
    });
  }

  it("only warns of an unusual shape, because the gateway's format is configurable", () => {
    const check = checkApiKey("custom_key-0123456789");
    assert.equal(check.valid && check.key, "custom_key-0123456789");
    assert.match((check.valid && check.warning) || "", /unusual shape/);
  });
});

describe("the limits of a key", () => {
  const message = (text: string) => {
    const check = checkApiKey(text);
    return check.valid ? (check.warning ?? "") : check.message;
  };

  it("are 16 and 128 characters", () => {
    assert.match(message("k".repeat(15)), /too short/);
    assert.match(message("k".repeat(16)), /unusual shape \(16 characters\)/);
    assert.match(message("k".repeat(128)), /unusual shape/);
    assert.match(message("k".repeat(129)), /too long/);
  });

  it("make one of another length than the gateway's unusual", () => {
    assert.equal(message(KEY), "");
    for (const odd of [`${KEY}a`, KEY.slice(0, -1), KEY.toUpperCase(), `x${KEY}`])
      assert.match(message(odd), /unusual shape/, odd);
  });

  it("are looked for in 10,000 characters, blanks around not counted", () => {
    const snippet = (length: number) => `OPENAI_API_KEY="${KEY}"`.padEnd(length - 1) + "#";
    assert.equal(cleanApiKey(snippet(10_000)), KEY);
    assert.notEqual(cleanApiKey(snippet(10_001)), KEY);
    assert.equal(cleanApiKey(`OPENAI_API_KEY="${KEY}"`.padEnd(20_000)), KEY);
  });
});

describe("maskApiKey", () => {
  it("shows too little to use the key, and nothing of a short text", () => {
    assert.deepEqual([maskApiKey(KEY), maskApiKey("short")], ["sk-…ab12", "…"]);
  });
});
