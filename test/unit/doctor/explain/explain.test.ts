import assert from "node:assert/strict";
import * as fs from "node:fs";
import { meaningsOf, rankCodes, SYMPTOMS, toExplanation } from "../../../../src/doctor/explain/explain";
import { KNOWLEDGE } from "../../../../src/doctor/problems/knowledge";
import { BARE_CODE, CUT_MEMBER, STATUS_LINE } from "../../../../src/doctor/problems/endpoint/answer";
import { BEGINNING, COLOUR, DECORATION, EDGE } from "../../../../src/doctor/explain/decoration";
import { errorLines, INDENT, NEW_MESSAGE } from "../../../../src/doctor/explain/errorLines";
import { LINK, REQUEST, UNFINISHED } from "../../../../src/doctor/problems/endpoint/foreignAddress";
import { KNOWN_SYMPTOMS, WITHOUT_WORDS } from "./knownSymptoms";

const ENDPOINT = "https://api.clawto.link";
const UNRELATED = new URL("../../../fixtures/explain/unrelatedLines.txt", import.meta.url);

/** The codes for a text, in their order, on a machine where the doctor finds these. */
function codesFor(text: string, found: readonly string[] = [], chosenBaseUrl = ENDPOINT) {
  return rankCodes(meaningsOf(text, chosenBaseUrl), new Set(found));
}

describe("what an error text means", () => {
  describe("every known symptom finds its entry first", () => {
    for (const [code, texts] of Object.entries(KNOWN_SYMPTOMS)) {
      it(code, () => {
        for (const text of texts) assert.equal(codesFor(text)[0], code, text);
      });
    }

    it("and each is shown by a line", () => {
      const texts = Object.values(KNOWN_SYMPTOMS).flat();
      const shown = new Set(texts.flatMap((text) => meaningsOf(text, ENDPOINT)));
      const unseen = SYMPTOMS.filter(({ meaning }) => !shown.has(meaning));
      assert.deepEqual(
        unseen.map(({ pattern }) => String(pattern)),
        [],
      );
    });

    it("and no entry is forgotten", () => {
      const covered = [...Object.keys(KNOWN_SYMPTOMS), ...WITHOUT_WORDS].sort();
      assert.deepEqual(covered, Object.keys(KNOWLEDGE).sort());
    });
  });

  it("finds nothing in more than 200 lines of other programs and providers", () => {
    const lines = fs.readFileSync(UNRELATED, "utf8").trim().split("\n");
    assert.ok(lines.length >= 200);
    assert.deepEqual(
      lines.flatMap((line) => codesFor(line).map((code) => [line, code])),
      [],
    );
    assert.deepEqual(codesFor(lines.join("\n")), []);
  });

  it("says the special before the general, wherever it stands in the text", () => {
    const text = [
      "warning: Model metadata for `gpt-5.5` not found. Defaulting to fallback metadata",
      `ERROR: unexpected status 401 Unauthorized: {"code":"INVALID_API_KEY","message":"Invalid API key"}, url: ${ENDPOINT}/responses`,
      "ERROR: Your access token could not be refreshed because you have since logged out.",
    ].join("\r\n");
    assert.deepEqual(codesFor(text), [
      "codex/chatgpt-login-wins",
      "account/key-invalid",
      "key/malformed",
      "codex/harmless-metadata-warning",
    ]);
  });

  it("says which cause of a code it is, where the line tells", () => {
    const told = (text: string) => {
      const meanings = meaningsOf(text, ENDPOINT);
      return rankCodes(meanings, new Set()).map((code) => toExplanation(code, false, meanings))[0];
    };
    const utf8 =
      "stream disconnected before completion: UTF8 error: invalid utf-8 sequence of 1 bytes from index 0";
    assert.match(told(`ERROR: ${utf8}`)?.cause ?? "", /compresses/);
    assert.match(told("stream disconnected before completion: x")?.cause ?? "", /connection ended/);
    assert.match(told("Error: certificate is not yet valid")?.cause ?? "", /clock/);
    assert.match(told("Error: certificate has expired")?.cause ?? "", /expired/);
    assert.match(told("Error: Request Entity Too Large")?.fix ?? "", /Compact the conversation/);
    const page = `unexpected status 413 Payload Too Large: <html>, url: ${ENDPOINT}/responses`;
    assert.match(told(page)?.fix ?? "", /Compact the conversation/);
    const socks = 'Error: UnsupportedProxyProtocol fetching "https://api.clawto.link/v1/responses".';
    assert.match(told(socks)?.cause ?? "", /SOCKS/);
  });

  it("puts a cause that the doctor finds on this machine before its like", () => {
    const text = "ERROR: Reconnecting... waiting for network";
    assert.equal(codesFor(text)[0], "network/dns");
    assert.equal(codesFor(text, ["network/stale-ca-file"])[0], "network/stale-ca-file");
    assert.equal(codesFor(text, ["codex/key-empty"])[0], "network/dns");
    assert.ok(!codesFor(text).includes("network/stale-ca-file"));
  });

  it("reads a body printed on several lines", () => {
    const body = { error: { message: "该令牌已过期 (request id: 1)", type: "new_api_error", code: "" } };
    assert.deepEqual(codesFor(JSON.stringify(body, null, 2)), ["account/key-expired"]);
  });

  it("sees through colours, marks, logs and quotation", () => {
    for (const text of [
      "\u001b[31mERROR:\u001b[0m Quota exceeded. Check your plan and billing details.",
      "  ■ Quota exceeded. Check your plan and billing details.",
      "> > Error: Quota exceeded. Check your plan",
      "2026-11-23T10:00:00.123456Z ERROR codex_core::session::turn: Quota exceeded. Check your plan",
    ])
      assert.deepEqual(codesFor(text), ["account/no-quota"], text);
  });

  it("knows lines by the beginning that a full-screen program leaves of them", () => {
    assert.equal(codesFor("■ stream disconnected before completion: stream cl")[0], "endpoint/website");
    assert.equal(codesFor("■ unexpected status 502 Bad Gateway: <html><he")[0], "gateway/unavailable");
    assert.equal(
      codesFor('■ unexpected status 403 Forbidden: {"code":"GROUP_DISABLED","mes')[0],
      "account/no-group",
    );
    assert.equal(codesFor("■ The model `gpt-x` does not exist or you do")[0], "account/model-unavailable");
  });

  it("leaves the errors of another provider to it, unless the user chose its address", () => {
    const text = "unexpected status 402 Payment Required: no, url: https://llm.corp.local/v1/responses";
    assert.deepEqual(codesFor(text), []);
    assert.deepEqual(codesFor(text, [], "https://llm.corp.local"), ["account/no-quota"]);
    assert.deepEqual(codesFor("error sending request for url (https://llm.corp.local/v1)"), []);
  });

  it("says of a conversation that is too long what helps against that, and not that the model should be changed", () => {
    for (const line of [
      "ERROR: Your input exceeds the context window of this model.",
      "unexpected status 400 Bad Request: This model's maximum context length is 272000 tokens.",
    ]) {
      const meanings = meaningsOf(line, "https://api.clawto.link");
      assert.match(toExplanation("endpoint/request-refused", false, meanings).fix, /\/compact/);
    }
    const others = meaningsOf("unexpected status 400 Bad Request: Unsupported parameter: 'store'", "");
    assert.doesNotMatch(toExplanation("endpoint/request-refused", false, others).fix, /\/compact/);
  });

  it("gives the words of the knowledge base and nothing of the text", () => {
    const { title, cause, fix } = KNOWLEDGE["account/no-quota"];
    assert.deepEqual(toExplanation("account/no-quota", true), {
      code: "account/no-quota",
      title: title(),
      cause: cause(),
      fix: fix(),
      fixable: true,
    });
  });
});

describe("a hostile text", () => {
  const MEGABYTE = 1_000_000;

  it("is cut before any pattern sees it", () => {
    for (const text of ["x".repeat(MEGABYTE), "\u001b[".repeat(MEGABYTE / 2), "a\n".repeat(MEGABYTE / 2)]) {
      const lines = errorLines(text);
      const total = lines.reduce((sum, line) => sum + line.length, 0);
      assert.ok(total <= 100_000, "all together");
      assert.ok(
        lines.every((line) => line.length <= 2_000),
        "each",
      );
    }
  });

  it("meets only patterns whose every repetition has an upper bound", () => {
    const patterns = SYMPTOMS.map(({ pattern }) => pattern);
    for (const pattern of [
      ...patterns,
      BARE_CODE,
      BEGINNING,
      COLOUR,
      CUT_MEMBER,
      DECORATION,
      EDGE,
      INDENT,
      LINK,
      NEW_MESSAGE,
      REQUEST,
      UNFINISHED,
      STATUS_LINE,
    ]) {
      const operators = pattern.source.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
      assert.doesNotMatch(operators, /[*+]|\{\d+,\}/, pattern.source);
    }
  });

  it("is answered with nothing when it only looks like errors", () => {
    const seeds = [
      "unexpected status 40",
      '{"error":',
      "url: https://",
      "分组 模型 ",
      "model_providers.",
      "[[[[",
    ];
    for (const seed of seeds) assert.deepEqual(codesFor(seed.repeat(MEGABYTE / seed.length)), [], seed);
  });

  it("is understood by its end, where errors stand", () => {
    const text = `${"x\n".repeat(MEGABYTE)}ERROR: Quota exceeded. Check your plan and billing details.`;
    assert.deepEqual(codesFor(text), ["account/no-quota"]);
  });
});
