import assert from "node:assert/strict";
import { plainLabel, plainText } from "../../../../src/editor/messages/plainText";

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

describe("plainLabel", () => {
  it("leaves no link and no icon", () => {
    assert.equal(
      plainLabel("[a](command:b) [c](https://d) $(trash)"),
      "[a] (command:b) [c] (https://d) $ (trash)",
    );
  });

  it("leaves everything else as it is", () => {
    assert.equal(plainLabel("Codex (the CLI): a[0] = 5 $"), "Codex (the CLI): a[0] = 5 $");
  });
});
