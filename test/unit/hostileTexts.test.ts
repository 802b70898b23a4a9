import { maskSecrets } from "../../src/changes/document/maskSecrets";
import { editJson } from "../../src/changes/document/json/editJson";
import { readDocument, parseText } from "../../src/changes/document/readDocument";
import { Refusal } from "../../src/changes/refusal";
import { decode } from "../../src/changes/document/sourceText";
import { verifyEdit } from "../../src/changes/document/verifyEdit";
import { parseDotEnv } from "../../src/clients/codex/state/variables";
import { placeholdersIn } from "../../src/clients/opencode/state/placeholders";
import { meaningsOf } from "../../src/doctor/explain/explain";
import { redactor } from "../../src/doctor/redact";
import { holdsKey, placesOfKey } from "../../src/doctor/problems/secrets/keyInText";
import { isTokenPoolAddress } from "../../src/doctor/snapshot/ourAddress";
import { plainText } from "../../src/editor/messages/plainText";
import { excerptOf } from "../../src/gateway/answers/answerText";
import { checkApiKey, maskApiKey } from "../../src/gateway/apiKey";
import { checkBaseUrl } from "../../src/gateway/endpoints";
import { classifyErrorBody } from "../../src/gateway/answers/errorBodies";
import { readErrorBody } from "../../src/gateway/answers/errorText";
import { withinTenSeconds } from "./watchdog";

const ENDPOINT = "https://api.clawto.link";
const KEY = "sk-" + "0f".repeat(32);

/** As much as a configuration file may have, of what patterns stumble over: half a match again and again. */
const TEXTS: Readonly<Record<string, string>> = {
  blanks: " ".repeat(1_000_000),
  "blanks before a word": `${" ".repeat(1_000_000)}x`,
  "blanks and line breaks": " \n".repeat(500_000),
  "blanks behind an equals sign": `OPENAI_API_KEY = ${" ".repeat(1_000_000)}x`,
  "blanks before a remark": `A = x${" ".repeat(1_000_000)}x`,
  "empty lines": "\n".repeat(1_000_000),
  "carriage returns": "\r".repeat(1_000_000),
  "opening braces": "{".repeat(1_000_000),
  "placeholders that never end": "{file:".repeat(200_000),
  "variables that never end": "{env:".repeat(200_000),
  "opening angles": "<".repeat(1_000_000),
  "scripts and titles that never end": "<script <title <h1 ".repeat(50_000),
  "beginnings of keys": "sk-".repeat(350_000),
  "names of credentials": "api_key".repeat(150_000),
  "names of credentials without an end": 'api_key = "'.repeat(100_000),
  "names of credentials in two kinds of quotes": `token = "'''`.repeat(100_000),
  "names of credentials in remarks that never end": "token /* ".repeat(110_000),
  "names of credentials in remarks, line after line": `${"//token".repeat(40)}\n`.repeat(3_500),
  "backslashes behind the name of a credential": `token = "${"\\".repeat(1_000_000)}`,
  quotes: `${"'".repeat(1_000_000)}x`,
  dots: ".".repeat(1_000_000),
  slashes: `https://x${"/".repeat(1_000_000)}x`,
  addresses: "https://".repeat(125_000),
  "an address without an end": `url: https://${"a".repeat(1_000_000)}`,
  models: `{"message":"${"model ".repeat(150_000)}"}`,
  "comment beginnings": "/* ".repeat(300_000),
  "letters and digits": "a1".repeat(500_000),
  "invisible characters": "\u200b".repeat(500_000),
  homes: "/home/".repeat(150_000),
  "half a body on every line": "\n{".repeat(500_000),
};

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  "the key box": (text) => checkApiKey(text),
  "the key box, in quotes": (text) => checkApiKey(`"${text}"`),
  "the mask of a key": maskApiKey,
  "the address box": (text) => checkBaseUrl(text),
  "the address box, behind a host": (text) => checkBaseUrl(`https://example.com/${text}`),
  "an address of a client": isTokenPoolAddress,
  "the preview of a file": (text) => maskSecrets(text, false),
  "the preview of a credential file": (text) => maskSecrets(text, true),
  "an answer's body": (text) =>
    classifyErrorBody({ status: 403, contentType: "text/plain", headers: {}, body: text }),
  "an answer's page": (text) =>
    [200, 302, 403].map((status) =>
      classifyErrorBody({
        status,
        contentType: "text/html",
        headers: { location: `https://x/${text}` },
        body: `<html><title ${text}`,
        host: "gateway.example",
      }),
    ),
  "an answer's type": (text) => classifyErrorBody({ status: 200, contentType: text, headers: {}, body: "" }),
  "an answer's message": (text) => readErrorBody(JSON.stringify({ error: { message: text } })),
  "an excerpt of an answer": (text) => excerptOf(text, KEY),
  "an excerpt of a message": (text) => excerptOf(JSON.stringify({ message: text }), KEY),
  "a text to explain": (text) => meaningsOf(text, ENDPOINT),
  "a path in a report": redactor("/home/somebody", [KEY]),
  "a text in a hover": plainText,
  "Codex's .env": parseDotEnv,
  "placeholders of files": (text) => placeholdersIn(text, "file"),
  "placeholders of variables": (text) => placeholdersIn(text, "env"),
  "a search for the key": (text) => [holdsKey(text, KEY), placesOfKey(text, KEY)],
  "a file's bytes": (text) => decode(new TextEncoder().encode(text)),
  "a file in another encoding": (text) => decode(Buffer.from(`${text}\xff`, "latin1")),
  JSON: (text) => readDocument("json", text),
  "JSON with comments": (text) => readDocument("jsonc", text),
  "JSON in a member": (text) => parseText("jsonc", JSON.stringify({ a: text })).rangeAt(["a"], "value"),
  "an edit of JSON": (text) =>
    editJson(`{"a": 1}${text}`, [{ kind: "set", path: ["b"], value: 1 }], { allowComments: true }),
  "the check of a change": (text) => verifyEdit("jsonc", text, text, []),
  TOML: (text) => readDocument("toml", text),
  "TOML in a value": (text) => parseText("toml", `a = ${JSON.stringify(text)}\n`).rangeAt(["a"], "value"),
  "a remark in TOML": (text) =>
    parseText("toml", `a = 1 # ${text.replace(/\s/g, " ")}\n`).rangeAt(["a"], "key"),
};

describe("hostile texts, a million characters each", () => {
  for (const [reader, read] of Object.entries(READERS)) {
    for (const [title, text] of Object.entries(TEXTS)) {
      it(`${reader}: ${title}`, () => {
        withinTenSeconds(() => {
          try {
            read(text);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        });
      }).timeout(20_000);
    }
  }
});
