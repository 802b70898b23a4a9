import assert from "node:assert/strict";
import { formatAmount, formatList, speakIn } from "../../../src/gateway/formats";
import { LANGUAGES } from "../../l10n/languages";

describe("formatList", () => {
  afterEach(() => speakIn("en"));
  const inLanguage = (language: string, ...names: string[]) => {
    speakIn(language);
    return formatList(names);
  };

  it("is empty without names, and a single name itself", () => {
    assert.equal(formatList([]), "");
    assert.equal(formatList(["Codex"]), "Codex");
  });

  for (const [language, list] of [
    ["en", "Codex, OpenCode"],
    ["zh-cn", "Codex、OpenCode"],
    ["zh-tw", "Codex、OpenCode"],
    ["ja", "Codex、OpenCode"],
    ["de", "Codex und OpenCode"],
    ["es", "Codex y OpenCode"],
  ] as const)
    it(`puts names in a row as ${language} does`, () =>
      assert.equal(inLanguage(language, "Codex", "OpenCode"), list));

  it("keeps names apart in every language", () => {
    for (const language of LANGUAGES)
      assert.doesNotMatch(inLanguage(language, "1", "2", "3"), /12|23/, language);
  });
});

describe("formatAmount", () => {
  for (const [value, unit, expected] of [
    [12.5, "USD", "$12.50"],
    [0.01, "USD", "$0.01"],
    [0.004, "USD", "less than $0.01"],
    [0.009, "USD", "less than $0.01"],
    [0, "USD", "$0.00"],
    [-0, "USD", "$0.00"],
    [-12.5, "USD", "-$12.50"],
    [-0.004, "USD", "less than $0.01"],
    [1200, "JPY", "¥1,200"],
    [0.01, "JPY", "less than ¥1"],
    [0.6, "KRW", "less than ₩1"],
    [0, "JPY", "¥0"],
    [-3, "KRW", "-₩3"],
    [0.005, "KWD", "KWD\u00a00.005"],
    [0.0005, "KWD", "less than KWD\u00a00.001"],
    [0, "KWD", "KWD\u00a00.000"],
    [-1.5, "KWD", "-KWD\u00a01.500"],
    [7.125, "points", "7.13 points"],
    [0.001, "points", "less than 0.01 points"],
    [0, "points", "0 points"],
    [-0, "points", "0 points"],
  ] as const)
    it(`writes ${value} ${unit} as ${expected}`, () => assert.equal(formatAmount(value, unit), expected));
});
