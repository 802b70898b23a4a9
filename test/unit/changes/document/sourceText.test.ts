import assert from "node:assert/strict";
import { Refusal } from "../../../../src/changes/refusal";
import { decode, encode } from "../../../../src/changes/document/sourceText";

const refusal = (line: number) => (error: unknown) =>
  error instanceof Refusal &&
  error.code === "change/encoding" &&
  error.where.line === line &&
  error.where.column === 0;

describe("source text", () => {
  it("keeps the byte order mark apart from the text and puts it back", () => {
    const bytes = Buffer.from("\ufeffa = 1\r\n");
    const source = decode(bytes);
    assert.deepEqual(source, { byteOrderMark: true, text: "a = 1\r\n" });
    assert.deepEqual(Buffer.from(encode(source)), bytes);
  });

  it("takes away only the first of two byte order marks", () => {
    assert.deepEqual(decode(Buffer.from("\ufeff\ufeffa")), { byteOrderMark: true, text: "\ufeffa" });
  });

  for (const text of ["", "a = 1", "ключ = '🦀'\n", "\u2028\ufffd\n"]) {
    it(`gives back ${JSON.stringify(text)} byte for byte`, () => {
      assert.deepEqual(Buffer.from(encode(decode(Buffer.from(text)))), Buffer.from(text));
    });
  }

  it("refuses UTF-16 with a byte order mark", () => {
    assert.throws(() => decode(Buffer.from("\ufeffa = 1\n", "utf16le")), refusal(0));
  });

  it("refuses UTF-16 without a byte order mark", () => {
    assert.throws(() => decode(Buffer.from("a = 1\n", "utf16le")), refusal(0));
  });

  it("names the line of the first byte that is not UTF-8", () => {
    const bytes = Buffer.concat([
      Buffer.from("a = 1\r\nb = 'é'\r\nc = '"),
      Buffer.from([0xe9]),
      Buffer.from("'\n"),
    ]);
    assert.throws(() => decode(bytes), refusal(2));
  });

  it("names the right line behind a replacement character that is really in the file", () => {
    const bytes = Buffer.concat([Buffer.from("a = '\ufffd'\n\nc = '"), Buffer.from([0xff])]);
    assert.throws(() => decode(bytes), refusal(2));
  });

  it("refuses overlong and surrogate encodings", () => {
    for (const bytes of [
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
    ]) {
      assert.throws(() => decode(Uint8Array.from(bytes)), refusal(0));
    }
  });
});
