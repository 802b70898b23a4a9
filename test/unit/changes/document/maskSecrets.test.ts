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

  /** No key by its look: only the name tells. */
  const PASSPHRASE = "correct-horse-battery";

  for (const name of [
    "apikey",
    "apiKey",
    "api_key",
    "api-key",
    "X-Api-Key",
    "OPENAI_API_KEY",
    "access_token",
    "client_secret",
    "password",
    "Proxy-Authorization",
  ]) {
    for (const [before, after] of [
      [`${name}="`, '"'],
      [`${name} \t= '`, "'"],
      [`{"${name}":"`, '"}'],
      [`'${name}'  :  """`, '"""'],
    ] as const) {
      it(`knows a credential by its name alone: ${before}${after}`, () => {
        assert.equal(maskSecrets(before + PASSPHRASE + after, false), `${before}cor…tery${after}`);
      });
    }
  }

  for (const [what, text, shown] of [
    ["behind an escaped quote", `{"password":"ab\\"${PASSPHRASE}"}`, '{"password":"ab\\…tery"}'],
    ["before an escaped quote", `{"password":"${PASSPHRASE}\\"zz"}`, '{"password":"cor…\\"zz"}'],
    ["between escaped quotes", `password = """a\\"""${PASSPHRASE}"""`, 'password = """a\\"…tery"""'],
    [
      "before a backslash that escapes nothing",
      `password = '${PASSPHRASE}\\' # x`,
      "password = 'cor…ery\\' # x",
    ],
    ["on a line of its own", `password = '''\n${PASSPHRASE}\n'''`, "password = '''\ncor…tery\n'''"],
    ["on several lines", `token = """\r\n${PASSPHRASE}\r\nand more"""`, 'token = """\r\ncor…more"""'],
    ["behind a remark", `{"password": /* old */ "${PASSPHRASE}"}`, '{"password": /* old */ "cor…tery"}'],
    [
      "before and behind remarks",
      `{"token" /**/: // a\n  /* b */\n"${PASSPHRASE}"}`,
      '{"token" /**/: // a\n  /* b */\n"cor…tery"}',
    ],
    [
      "behind a remark with a star",
      `{"token": /* a * b **/ "${PASSPHRASE}"}`,
      '{"token": /* a * b **/ "cor…tery"}',
    ],
  ] as const) {
    it(`hides a value ${what}`, () => {
      assert.equal(maskSecrets(text, false), shown);
    });
  }

  it("does not take a name that only holds such a word for one", () => {
    const text = `tokenizer = "${PASSPHRASE}"\npassword_hint = "${PASSPHRASE}"\n`;
    assert.equal(maskSecrets(text, false), text);
  });

  it("hides values from eight characters on, which end where they began and in their line", () => {
    assert.equal(maskSecrets('token = "1234567"', false), 'token = "1234567"');
    assert.equal(maskSecrets('token = "12345678"', false), 'token = "…"');
    assert.equal(maskSecrets('token = "1234\'567890"', false), 'token = "…"');
    for (const end of ["\n", "\r"]) {
      const text = `token = "1234${end}567890"`;
      assert.equal(maskSecrets(text, false), text);
    }
  });

  it("hides a value that a reference is only a part of", () => {
    for (const value of [`{env:X}${PASSPHRASE}`, `${PASSPHRASE}{env:X}`, `{other:${PASSPHRASE}}`]) {
      assert.ok(!maskSecrets(`{"apiKey":"${value}"}`, false).includes(PASSPHRASE), value);
    }
    const reference = '{"apiKey":"{file:~/.config/tokenpool/api-key}","password":"{env:SOME_NAME}"}';
    assert.equal(maskSecrets(reference, false), reference);
  });

  it("takes a credential file for one with structure only by how it begins", () => {
    assert.equal(maskSecrets(`${PASSPHRASE} {"a":1}\n`, true), "cor…tery …\n");
    assert.equal(maskSecrets(`${PASSPHRASE} {"a":1}\n`, false), `${PASSPHRASE} {"a":1}\n`);
    assert.equal(maskSecrets(' \n {"a": "b"}', true), ' \n {"a": "b"}');
    assert.equal(maskSecrets('["a", "b"]', true), '["a", "b"]');
  });

  it("hides a key by its look from 16 characters on, within no other word", () => {
    const short = "sk-" + "a1".repeat(6);
    assert.equal(maskSecrets(`# ${short}`, false), `# ${short}`);
    assert.equal(maskSecrets(`# ${short}b`, false), "# sk-…2a1b".replace("2a1b", `${short}b`.slice(-4)));
    assert.equal(maskSecrets(`# di${short}b`, false), `# di${short}b`);
  });
});
