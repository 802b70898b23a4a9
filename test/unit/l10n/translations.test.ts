import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../harness/paths";
import { CHECK_NAMES, faults, missing, shareOf } from "../../l10n/checks";
import { filesOf, LANGUAGES, languagesOfFiles, wholeLanguages } from "../../l10n/languages";

/** One failure with all that is wrong, because there are a thousand texts in nine languages. */
function none(found: readonly string[]): void {
  assert.ok(found.length === 0, `${found.length} texts\n    ${found.join("\n    ")}`);
}

describe("every language", () => {
  it("is one of the nine that we speak, and none of them is missing", () => {
    assert.deepEqual(languagesOfFiles(), LANGUAGES.toSorted());
  });

  it("has all its files", () => {
    none(
      languagesOfFiles().flatMap((language) =>
        filesOf(language)
          .filter((file) => !fs.existsSync(path.join(ROOT, file)))
          .map((file) => `${language}: ${file} is missing`),
      ),
    );
  });

  it("says every text, and none that is gone", () => none(wholeLanguages().flatMap(missing)));

  for (const check of CHECK_NAMES)
    it(check, () => none(wholeLanguages().flatMap((language) => faults(language, check))));

  it("says a hundred percent in its own words", () => {
    const shares = wholeLanguages().map((language) => `${language} ${shareOf(language)} %`);
    assert.deepEqual(
      shares.filter((share) => !share.endsWith(" 100 %")),
      [],
    );
  });
});
