import assert from "node:assert/strict";
import fc from "fast-check";
import { excerptOf } from "../../../../src/gateway/answers/answerText";

const KEY = `sk-${"ab12".repeat(16)}`;

describe("excerptOf", () => {
  const table: [string, string, string][] = [
    ["the message of a known shape", '{"error": {"message": "try later", "code": "X"}}', "try later"],
    ["plain text on one line", "404\r\n page\tnot   found\n", "404 page not found"],
    ["a page without its markup", "<html><h1>502 Bad Gateway</h1><hr>nginx</html>", "502 Bad Gateway nginx"],
    ["no control and direction characters", "a\u001b[31mb\u202ec\u0000d", "a [31mbc d"],
    ["no key that was sent", `key ${KEY} is wrong`, "key … is wrong"],
    ["no key broken by lines", `key ${KEY.slice(0, 20)}\n  ${KEY.slice(20)} is`, "key … is"],
    [
      "no key broken by tags",
      `key ${KEY.slice(0, 9)}<wbr>${KEY.slice(9, 30)}<b></b>${KEY.slice(30)} is`,
      "key … is",
    ],
    ["no beginning of the key", `key ${KEY.slice(0, 8)}\r\n${KEY.slice(8, 25)}`, "key …"],
    ["no other key, half masked or whole", "sk-abc***wxyz or sk-proj-123456", "sk-… or sk-…"],
    ["nothing of nothing", "", ""],
    ["a cut long text", "la ".repeat(500), `${"la ".repeat(66)}la…`],
  ];
  for (const [name, body, expected] of table) {
    it(`shows ${name}`, () => {
      assert.equal(excerptOf(body, KEY), expected);
    });
  }

  it("never shows the key, however it is wrapped, nor more than one short line", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, asJson) => {
        const text = before + KEY + after;
        const excerpt = excerptOf(asJson ? JSON.stringify({ message: text }) : text, KEY);
        assert.ok(!excerpt.includes(KEY.slice(0, 12)));
        assert.ok(excerpt.length <= 201 && !/[\r\n]/.test(excerpt));
      }),
    );
  });

  it("keeps no key that is spelled in a way of its own", () => {
    const key = "sk-" + "ab12".repeat(16);
    assert.equal(excerptOf(JSON.stringify({ message: key.replaceAll("ab12", "ab\u200b12") }), key), "…");
    assert.equal(excerptOf(`broken: "\\u0073${key.slice(1)}`, key), 'broken: "\\u0073k-…');
  });
});
