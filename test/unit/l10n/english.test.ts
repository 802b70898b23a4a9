import assert from "node:assert/strict";
import * as fs from "node:fs";
import { ENGLISH_BUNDLE, exportEnglish } from "../../l10n/englishStrings";

describe("the English bundle", () => {
  it("has the texts of the sources, byte for byte", async () => {
    const written = fs.readFileSync(ENGLISH_BUNDLE, "utf8");
    assert.equal(written, await exportEnglish(), "run npm run l10n");
  });
});
