import assert from "node:assert/strict";
import { shownTexts } from "../../../../src/editor/preview/shownTexts";

const KEY = "sk-" + "ab12".repeat(16);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("the texts of a preview", () => {
  it("are those of the file, without keys", () => {
    assert.deepEqual(shownTexts(bytes("a = 1\n"), bytes(`a = 2\nkey = "${KEY}"\n`)), {
      before: "a = 1\n",
      after: 'a = 2\nkey = "sk-…ab12"\n',
    });
  });

  it("show nothing of a file that is one key but its ends", () => {
    const { after } = shownTexts(undefined, bytes(KEY), true);
    assert.match(after ?? "", /^sk-…ab12\n/);
  });

  it("begin a new file with an empty line that stays, so that none is shown as deleted", () => {
    for (const text of ["a = 1\n", "a = 1"])
      assert.deepEqual(shownTexts(undefined, bytes(text)), { before: "\n", after: "a = 1\n\n" });
  });

  it("leave a deleted file without a second side", () => {
    assert.deepEqual(shownTexts(bytes("a = 1\n"), undefined), { before: "a = 1\n" });
  });

  it("break a line that no editor shows whole, on both sides alike", () => {
    const models = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`model-${at}`, {}]));
    const { before = "", after = "" } = shownTexts(
      bytes(JSON.stringify({ provider: { mine: { models } } })),
      bytes(JSON.stringify({ provider: { mine: { models }, tokenpool: { models } }, model: "x" })),
    );
    assert.equal(before.split("\n")[1], '  "provider": {');
    assert.equal(after.split("\n").at(-2), '  "model": "x"');
    const longest = Math.max(...`${before}\n${after}`.split("\n").map(({ length }) => length));
    assert.ok(longest < 40, String(longest));
  });

  it("mask a key in a broken line too", () => {
    const { after = "" } = shownTexts(undefined, bytes(JSON.stringify({ x: "y".repeat(400), apiKey: KEY })));
    assert.match(after, /^ {2}"apiKey": "sk-…ab12"$/m);
  });
});
