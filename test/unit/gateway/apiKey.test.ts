import assert from "node:assert/strict";
import { checkApiKey, maskApiKey } from "../../../src/gateway/apiKey";

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
    ["a key that a mail wrapped and quoted", `> ${KEY.slice(0, 40)}\r\n    ${KEY.slice(40)}`],
    ["a key with spaces from a PDF", `${KEY.slice(0, 20)} ${KEY.slice(20, 50)} ${KEY.slice(50)}`],
    ["a key with full-width letters", KEY.replace("sk-ab", "ｓｋ－ａｂ")],
    ["a key whose hyphen a chat program replaced", KEY.replace("-", "–")],
    ["a key with hidden characters inside", `\ufeff${KEY.slice(0, 30)}\u200b${KEY.slice(30)}\u200e`],
    ["Chinese quotation marks", `「${KEY}」`],
    ["an English sentence", `my key is ${KEY}.`],
    ["a Chinese sentence", `我的密钥是：${KEY}，谢谢`],
    ["a masked key beside the whole one", `sk-ab12...ab12  ${KEY}`],
    ["the same key twice", `${KEY}\n${KEY}`],
    ["setx", `setx OPENAI_API_KEY ${KEY}`],
    ["setx with quotes", `setx OPENAI_API_KEY "${KEY}"`],
    ["PowerShell", `$env:OPENAI_API_KEY = '${KEY}'`],
    ["curl", `curl https://api.tokenpool.dev/v1/models -H "Authorization: Bearer ${KEY}"`],
    ["a link for CC Switch", `ccswitch://v1/import?resource=provider&app=codex&apiKey=${KEY}&model=gpt-5.5`],
    [
      "a link for CC Switch that carries it in a configuration",
      `ccswitch://v1/import?resource=provider&app=codex&config=${Buffer.from(
        JSON.stringify({ auth: { OPENAI_API_KEY: KEY }, config: "~~~" }),
      ).toString("base64")}`,
    ],
    ["PowerShell, for good", `[Environment]::SetEnvironmentVariable("OPENAI_API_KEY", "${KEY}", "User")`],
    ["a link to the gateway with the key", `https://api.tokenpool.dev/v1/models?key=${KEY}`],
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
    ["a long masked key in a sentence", `密钥 ${KEY.slice(0, 30)}…ab12`, /masked/],
    ["a masked key in a variable", `OPENAI_API_KEY=${KEY.slice(0, 30)}●●●●ab12`, /masked/],
    ["a key in another script", "ключ-от-шлюза-целиком", /ASCII/],
    ["a sentence without a key", "where do I find my key", /more than a key/],
    ["two keys", `${KEY} sk-${"cd34".repeat(16)}`, /holds more than one key/],
    ["an address", "https://api.clawto.link/v1", /is a URL/],
    ["an address without https", "api.clawto.link/v1", /is a URL/],
    ["the console's address", "WWW.TokenPool.dev/console", /is a URL/],
    ["a variable's name", "OPENAI_API_KEY", /names the place/],
    ["a reference to a variable", "export OPENAI_API_KEY=$TOKENPOOL_KEY", /names the place/],
    ["a reference of OpenCode's", '"apiKey": "{file:~/.config/tokenpool/api-key}"', /names the place/],
    ["a reference to a variable of Windows", "setx OPENAI_API_KEY %TOKENPOOL_KEY%", /names the place/],
    ["Codex's auth.json with a ChatGPT login", '{"OPENAI_API_KEY": null, "tokens": {}}', /holds no API key/],
    ["a placeholder", "OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxx", /placeholder/],
    ["another placeholder", "<your-api-key>", /placeholder/],
    [
      "a link for CC Switch without a key",
      "ccswitch://v1/import?resource=provider&app=codex",
      /holds no API key/,
    ],
    ["a key of an OpenAI project", `sk-proj-${"aB3_".repeat(30)}`, /from OpenAI \(sk-proj-…\)/],
    [
      "a key of Anthropic in a variable",
      `export API_KEY=sk-ant-api03-${"aB3_".repeat(20)}`,
      /from Anthropic \(sk-ant-…\)/,
    ],
    ["a login token", ["eyJhbGciOiJub25lIn0", "eyJzdWIiOiIxIn0", ""].join("."), /login token/],
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

  const warned: [string, string, RegExp][] = [
    ["a custom key, because the gateway's format is configurable", "custom_key-0123456789", /usual shape/],
    ["a custom key after its variable", "OPENAI_API_KEY=custom_key-0123456789", /usual shape/],
    ["a custom key in a header", "Bearer custom_key-0123456789", /usual shape/],
    ["a key in capital letters", KEY.toUpperCase().replace("SK", "sk"), /usual shape/],
    ["a key without its beginning", KEY.slice(3), /beginning of the key is missing/],
    ["half a key", KEY.slice(0, 40), /incomplete: 40 of 67/],
    ["a key without its last character", KEY.slice(0, -1), /incomplete: 66 of 67/],
    ["a key with one character more", `${KEY}a`, /too long: 68 instead of 67/],
  ];
  for (const [name, text, reason] of warned) {
    it(`takes ${name}, with a warning`, () => {
      const check = checkApiKey(text);
      assert.match(check.valid ? (check.warning ?? "no warning") : check.message, reason);
    });
  }

  it("gives a custom key out of what is around it", () => {
    for (const text of [
      "Bearer custom_key-0123456789",
      'api_key = "custom_key-0123456789"',
      '"custom_key-0123456789",',
    ])
      assert.equal(check(text), "custom_key-0123456789", text);
  });
});

function check(text: string): string {
  const checked = checkApiKey(text);
  return checked.valid ? checked.key : checked.message;
}

describe("the limits of a key", () => {
  it("are 16 and 128 characters", () => {
    assert.match(check("k".repeat(15)), /too short/);
    assert.equal(check("k".repeat(16)), "k".repeat(16));
    assert.equal(check("k".repeat(128)), "k".repeat(128));
    assert.match(check("k".repeat(129)), /too long/);
  });

  it("are looked for in 10,000 characters, spaces around not counted", () => {
    const snippet = (length: number) => `OPENAI_API_KEY="${KEY}"`.padEnd(length - 1) + "#";
    assert.equal(check(snippet(10_000)), KEY);
    assert.notEqual(check(snippet(10_001)), KEY);
    assert.equal(check(`OPENAI_API_KEY="${KEY}"`.padEnd(20_000)), KEY);
  });
});

describe("maskApiKey", () => {
  it("shows too little to use the key, and nothing of a short text", () => {
    assert.deepEqual([maskApiKey(KEY), maskApiKey("short")], ["sk-…ab12", "…"]);
  });
});
