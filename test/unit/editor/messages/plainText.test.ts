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
  it("has no space behind a Chinese or Japanese full stop", () => {
    assert.equal(
      plainLabel("已为 Codex 设置。 请重启。 [a](command:b)"),
      "已为 Codex 设置。请重启。[a] (command:b)",
    );
    assert.equal(plainText("已修复。 已撤消。"), "已修复。已撤消。");
    assert.equal(plainLabel("One. Two.\n\n三。\n\n四。"), "One. Two.\n\n三。\n\n四。");
  });

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
