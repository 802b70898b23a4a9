import assert from "node:assert/strict";
import { breakLines } from "../../../../src/editor/preview/breakLines";

describe("a sentence of the preview", () => {
  it("is broken at spaces", () => {
    const text = "Adds the provider OpenAI with the address and the wire format, and a model.";
    assert.deepEqual(breakLines(text).split("\n"), [
      "Adds the provider OpenAI with the address",
      "and the wire format, and a model.",
    ]);
  });

  it("keeps a word that is longer than a line whole", () => {
    const path = `/home/${"x".repeat(60)}/config.toml`;
    assert.equal(breakLines(`Changes ${path} only.`), `Changes\n${path}\nonly.`);
  });

  it("of Chinese or Japanese is broken between ideographs, with no mark at the beginning of a line", () => {
    const chinese =
      "文件中“model_provider”的值会改为 OpenAI，其余内容（包括注释和顺序）保持不变，之后可以撤消。";
    const japanese = "ファイルのほかの内容はコメントも順序もそのまま残り、あとから元に戻すことができます。";
    for (const text of [chinese, japanese]) {
      const lines = breakLines(text).split("\n");
      assert.ok(lines.length > 1);
      for (const line of lines) {
        assert.ok(line.length <= 44, line);
        assert.doesNotMatch(line, /^[、。，）”]|[（“]$/);
      }
      assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
    }
  });

  it("of Korean is broken at its spaces", () => {
    const text = "파일의 나머지 내용은 주석과 순서까지 그대로 남으며 나중에 실행 취소할 수 있습니다.";
    const lines = breakLines(text).split("\n");
    assert.ok(lines.length > 1);
    assert.equal(lines.join(" "), text);
  });

  it("that has lines of its own keeps them", () => {
    assert.equal(breakLines("one\ntwo"), "one\ntwo");
  });
});
