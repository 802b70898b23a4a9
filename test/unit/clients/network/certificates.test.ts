import assert from "node:assert/strict";
import { toPem } from "../../../../src/clients/network/certificates";

describe("a certificate as PEM", () => {
  // An empty line before the end makes OpenSSL refuse it, and with it all the others.
  for (const length of [63, 64, 65, 128])
    it(`has no empty line and no long one with ${length} characters`, () => {
      const lines = toPem("A".repeat(length)).trimEnd().split("\n");
      assert.ok(lines.every((line) => line.length > 0 && line.length <= 64));
      assert.equal(lines.slice(1, -1).join(""), "A".repeat(length));
    });
});
