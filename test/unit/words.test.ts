import assert from "node:assert/strict";
import ts from "typescript";
import { KNOWLEDGE } from "../../src/doctor/problems/knowledge";
import { localisations } from "../l10n/sources";
import { readJson } from "../l10n/texts";

/** A text that users read, and where it is said. */
interface Words {
  readonly text: string;
  readonly place: string;
  /** The function whose first argument it is: one that shows a message, or none that is known. */
  readonly shownBy: string;
}

/** Words that read as if they were translated, and such as are in no text of VS Code's. */
const STRANGE = /\b(?:mend\w*|stands?|blanks?|for ever|go on|goes on|comes? about|anew)\b/i;

/** Of a number of things: "1 problems" is what comes of it. */
const PLURAL = /\{\d\} (?!ms\b|left\b)([a-z]+)s\b/g;

const LONGEST_NOTIFICATION = 200;
const NOTIFICATIONS = ["showInformationMessage", "showWarningMessage", "showErrorMessage"];

describe("every text that users read", () => {
  const words = [...wordsOfCode(), ...wordsOfManifest()];
  const report = (found: readonly Words[]) => found.map(({ place, text }) => `${place}: ${text}`);

  it("is found", () => {
    assert.ok(words.length > 800, String(words.length));
    assert.ok(words.filter(isNotification).length > 20);
  });

  it("is in the words of VS Code", () => {
    assert.deepEqual(report(words.filter(({ text }) => STRANGE.test(text))), []);
  });

  it("names no code of ours", () => {
    const codes = Object.keys(KNOWLEDGE);
    const named = words.filter(({ text }) => codes.some((code) => text.includes(code)));
    assert.deepEqual(report(named), []);
  });

  it("counts things only beside a text for one of them", () => {
    const all = words.map(({ text }) => text.toLowerCase()).join("\n");
    const trapped = words.filter(({ text }) =>
      [...text.matchAll(PLURAL)].some(([, thing = ""]) => !all.includes(`1 ${thing}`) && isThing(thing)),
    );
    assert.deepEqual(report(trapped), []);
  });

  it("is short in a notification", () => {
    const long = words.filter((each) => isNotification(each) && each.text.length > LONGEST_NOTIFICATION);
    assert.deepEqual(report(long), []);
  });
});

const isNotification = ({ shownBy }: Words) => NOTIFICATIONS.includes(shownBy);

/** What is counted; other words that end in s are verbs behind a name. */
function isThing(word: string): boolean {
  return ["problem", "file", "model", "key", "client", "place", "change", "minute", "second"].includes(word);
}

/** The texts of the code, each with the message that shows it at once or through a constant of its function. */
function wordsOfCode(): Words[] {
  return localisations().flatMap(({ call, source }) => {
    const [text] = call.arguments;
    if (!text || !ts.isStringLiteralLike(text)) return [];
    return [{ text: text.text, place: source.fileName, shownBy: shownBy(call, source) }];
  });
}

function shownBy(text: ts.CallExpression, source: ts.SourceFile): string {
  const { parent } = text;
  if (ts.isCallExpression(parent) && parent.arguments[0] === text) return parent.expression.getText(source);
  if (!ts.isVariableDeclaration(parent)) return "";
  const call = new RegExp(`\\b(show\\w+Message)\\(${parent.name.getText(source)}\\b[^)]*`).exec(source.text);
  return call && !call[0].includes("modal") ? (call[1] ?? "") : "";
}

function wordsOfManifest(): Words[] {
  const file = "package.nls.json";
  return Object.values(readJson(file)).map((text) => ({ text, place: file, shownBy: "" }));
}
