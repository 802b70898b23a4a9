import assert from "node:assert/strict";
import { freeName, tidyName } from "../../../../src/editor/keys/keyNames";

describe("the name of a key", () => {
  const cases: readonly (readonly [title: string, text: string, expected: string])[] = [
    ["keeps what people write", "  Arbeit – Büro №2 ", "Arbeit – Büro №2"],
    ["stays in one line", "a\nb\tc\r\u2028d", "a b c d"],
    ["turns no text around", "\u202eevil\u202c \u2067x\u2069", "evil x"],
    ["may be written from right to left", "مفتاح العمل", "مفتاح العمل"],
    ["keeps a person together that is made of several characters", "👩‍🔧 work", "👩‍🔧 work"],
    [
      "is left as it is, whatever VS Code would make of it",
      "[x](command:y) $(trash)",
      "[x](command:y) $(trash)",
    ],
    ["has an end", "x".repeat(100_000), "x".repeat(40)],
    ["has an end that cuts no character", "👩‍🔧".repeat(1_000), "👩‍🔧".repeat(40)],
    ["is nothing where nothing can be seen", "\u200b\u2060 \u00ad\ufeff\u3164\u2800", ""],
    ["may be nothing", " \u0000\u200f ", ""],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.equal(tidyName(text), expected));
  }

  it("is the next that is free where the user gave none", () => {
    assert.equal(freeName([]), "Default");
    assert.equal(freeName(["Default", "Key 2", "Key 4"]), "Key 3");
  });
});
