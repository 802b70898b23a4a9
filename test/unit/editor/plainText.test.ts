import assert from "node:assert/strict";
import { plainText } from "../../../src/editor/plainText";

describe("plainText", () => {
  it("escapes everything that Markdown may take for more than a letter", () => {
    assert.equal(plainText("[a](command:b)"), "\\[a\\]\\(command\\:b\\)");
    assert.equal(
      plainText("https://a.example <b> `c` &amp;"),
      "https\\:\\/\\/a\\.example \\<b\\> \\`c\\` \\&amp\\;",
    );
  });

  it("keeps letters of all scripts, and makes lines one", () => {
    assert.equal(plainText("Zürich 额度\r\n\r\n  # next"), "Zürich 额度 \\# next");
  });
});
