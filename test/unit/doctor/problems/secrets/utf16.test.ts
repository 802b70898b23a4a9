import assert from "node:assert/strict";
import { decodeUtf16 } from "../../../../../src/doctor/problems/secrets/utf16";

describe("UTF-16", () => {
  for (const [name, bytes, text] of [
    ["without a mark, little end first", [0x61, 0], "a"],
    ["without a mark, big end first", [0, 0x61], "a"],
    ["with a mark before letters of no zero byte, little end first", [0xff, 0xfe, 0x42, 0x30], "あ"],
    ["with a mark before letters of no zero byte, big end first", [0xfe, 0xff, 0x30, 0x42], "あ"],
  ] as const) {
    it(`is read ${name}`, () => assert.equal(decodeUtf16(Uint8Array.from(bytes)), text));
  }

  for (const [name, bytes] of [
    ["nothing", []],
    ["one byte", [0]],
    ["an odd number of bytes", [0x61, 0, 0x62]],
    ["ASCII", [0x61, 0x62]],
    ["half a mark", [0xfe, 0x41]],
    ["the other half", [0x41, 0xff]],
    ["half a mark, little end first", [0xff, 0x41]],
    ["the other half, little end first", [0x41, 0xfe]],
    ["half a character", [0x61, 0, 0, 0xd8]],
  ] as const) {
    it(`is not ${name}`, () => assert.equal(decodeUtf16(Uint8Array.from(bytes)), undefined));
  }

  it("is not a file that is not there", () => assert.equal(decodeUtf16(undefined), undefined));
});
