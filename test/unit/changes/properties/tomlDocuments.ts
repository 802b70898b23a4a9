import fc from "fast-check";
import { parse } from "smol-toml";
import { parseTOML } from "toml-eslint-parser";

/** Few names, so that the pieces of a document and the edits of a test meet. */
export const NAMES = ["a", "b", "O", "mp", "x.y", "__proto__", "constructor", "é \"'"];

const bare = (name: string) => (/^\w+$/.test(name) ? [name] : []);
const literal = (name: string) => (name.includes("'") ? [] : [`'${name}'`]);
const spelled = fc
  .constantFrom(...NAMES)
  .chain((name) => fc.constantFrom(...bare(name), ...bare(name), ...literal(name), JSON.stringify(name)));
const dot = fc.constantFrom(".", ".", ".", " . ", ".\t");
const key = fc
  .array(fc.tuple(spelled, dot), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([name, separator], index) => (index === 0 ? name : separator + name)).join(""));

const comment = fc.constantFrom("# c", "#", "#\t[a]", '# a = "1"', "# é 🦀");
const scalar = fc.constantFrom(
  "1",
  "-0.5e3",
  "9007199254740993",
  "true",
  "inf",
  "1979-05-27T07:32:00Z",
  "07:32:00",
  '"text"',
  '"a # no comment"',
  "'C:\\path'",
  '""',
  '"\\u00e9\\t"',
  '"""\n[mp.O]\na = "look-alike" # c\n"""',
  "'''\n\n[[a]]\nb = 1'''",
  '"""\\\n   folded \\\n   """',
);
const separator = fc.constantFrom(", ", ",", " , ", ",\n  ", ", # c\n  ", " # c\n  , ");
const opening = fc.constantFrom("", " ", "\n  ", " # c\n\t");
const closing = fc.constantFrom("", " ", ",", ",\n", "\n", " # c\n");

function bracketed(open: string, close: string, part: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(opening, fc.array(fc.tuple(part, separator), { maxLength: 3 }), closing)
    .map(([start, parts, end]) => {
      const inside = parts.map(([text, after], index) => (index < parts.length - 1 ? text + after : text));
      return open + start + inside.join("") + (parts.length > 0 ? end : end.replace(",", "")) + close;
    });
}

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 2, arbitrary: bracketed("{", "}", pair(tie("value"))) },
    { weight: 1, arbitrary: spelled.chain((name) => bracketed("{", "}", below(name, pair(tie("value"))))) },
    { weight: 1, arbitrary: bracketed("[", "]", tie("value")) },
  ),
}));

function pair(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(key, fc.constantFrom(" = ", " = ", "=", "\t=  "), of)
    .map(([name, equals, text]) => name + equals + text);
}

/** Dotted keys of one table. */
function below(name: string, pairs: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(dot, pairs).map(([separator, text]) => name + separator + text);
}

const siblings = spelled
  .chain((name) => fc.array(below(name, pair(value)), { minLength: 2, maxLength: 3 }))
  .map((lines) => lines.join("\n"));

const indentation = fc.constantFrom("", "", "", "  ", "\t");
const remark = fc.option(comment, { freq: 4, nil: "" }).map((text) => (text === "" ? "" : ` ${text}`));
const line = fc.oneof(
  { weight: 6, arbitrary: pair(value) },
  { weight: 1, arbitrary: siblings },
  { weight: 3, arbitrary: fc.tuple(key, fc.constantFrom("", " ")).map(([name, b]) => `[${b}${name}${b}]`) },
  { weight: 1, arbitrary: key.map((name) => `[[${name}]]`) },
  { weight: 1, arbitrary: fc.constant("") },
);
const chunk = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(indentation, line, remark).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.tuple(indentation, comment).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.constantFrom("", "", "  ", "\t") },
);

/** Valid TOML 1.1 without byte order mark: a line stays only if both parsers still accept the document. */
export const tomlDocument = fc
  .tuple(
    fc.array(fc.tuple(chunk, fc.boolean()), { maxLength: 12 }),
    fc.constantFrom("lf", "lf", "crlf", "mixed"),
    fc.boolean(),
  )
  .map(([chunks, endOfLine, finalNewline]) => {
    let text = "";
    for (const [part, windows] of chunks) {
      const isWindows = endOfLine === "crlf" || (endOfLine === "mixed" && windows);
      const longer = text + (isWindows ? `${part}\n`.replaceAll("\n", "\r\n") : `${part}\n`);
      if (isValid(longer)) text = longer;
    }
    const shorter = text.replace(/\r?\n$/, "");
    return finalNewline || !isValid(shorter) ? text : shorter;
  });

function isValid(text: string): boolean {
  try {
    parse(text, { integersAsBigInt: "asNeeded" });
    // smol-toml lets dotted keys add to a table that has a header, which TOML forbids.
    parseTOML(text, { tomlVersion: "1.1" });
    return true;
  } catch {
    return false;
  }
}
