import assert from "node:assert/strict";
import * as fs from "node:fs";
import ts from "typescript";
import { ENGLISH_BUNDLE, exportEnglish } from "../../l10n/englishStrings";
import { localisations } from "../../l10n/sources";
import { readJson } from "../../l10n/texts";

const calls = localisations();

describe("the English bundle", () => {
  // In whatever order: a text that is said in two files goes with the first of them.
  it("has the texts of the sources and no others", async () => {
    const textsOf = (bundle: string) => Object.entries(JSON.parse(bundle) as object).map(String);
    const written = textsOf(fs.readFileSync(ENGLISH_BUNDLE, "utf8"));
    const said = textsOf(await exportEnglish());
    const changes = {
      new: said.filter((text) => !written.includes(text)),
      gone: written.filter((text) => !said.includes(text)),
    };
    assert.deepEqual(changes, { new: [], gone: [] }, "run npm run l10n");
  });

  it("has every text that the code says, which is written where it is said", () => {
    const texts = readJson("l10n/bundle.l10n.json");
    const unknown = calls.filter(
      ({
        call: {
          arguments: [text],
        },
      }) => !text || !ts.isStringLiteral(text) || !(text.text in texts),
    );
    assert.deepEqual(unknown.map(placeOf), []);
  });

  // What is said while a module loads is English for ever: the language is known on activation only.
  it("is not used while a module loads", () => {
    assert.deepEqual(calls.filter(({ call }) => runsOnLoad(call)).map(placeOf), []);
  });
});

function placeOf({ call, source }: (typeof calls)[number]): string {
  const { line } = source.getLineAndCharacterOfPosition(call.getStart(source));
  return `${source.fileName}:${line + 1}`;
}

/** Whether nothing around a call waits until somebody calls it. */
function runsOnLoad(node: ts.Node): boolean {
  for (let each = node; !ts.isSourceFile(each); each = each.parent) {
    if (ts.isFunctionLike(each)) return false;
    if (ts.isPropertyDeclaration(each))
      return each.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
  }
  return true;
}
