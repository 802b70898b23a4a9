import assert from "node:assert/strict";
import { formatList, speakIn } from "../../../src/gateway/formats";
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
