import assert from "node:assert/strict";
import { parseDotEnv } from "../../../../../src/clients/codex/state/variables";

describe("Codex's .env", () => {
  it("has one variable on a line, with or without export, quotes and remarks", () => {
    const text = [
      "A=1",
      "  export  B = two words # remark",
      "C='it # is' # remark",
      'D="x"',
      "E=",
      "F = 'open",
      "# G=1",
      "1H=1",
      "no variable",
      "I=a#b\r",
    ].join("\n");
    assert.deepEqual(parseDotEnv(text), [
      ["A", "1"],
      ["B", "two words"],
      ["C", "it # is"],
      ["D", "x"],
      ["E", ""],
      ["F", "'open"],
      ["I", "a#b"],
    ]);
  });
});
