import fc from "fast-check";
import { NAMES } from "./tomlDocuments";

const gap = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "\t",
  "\n",
  "\n  ",
  " // c\n",
  " /* c */ ",
  "\n\t/* m\n m */\n",
  "\n\n  // o\n  ",
);
const scalar = fc.constantFrom(
  "1",
  "-0.50e+3",
  "12345678901234567890",
  "true",
  "null",
  '"text"',
  '"// no comment"',
  '"{ \\"a\\": 1 } /* no */"',
  '"\\u00e9\\ud83e\\udd80\\n"',
  '""',
);

/** The gaps before and behind every part, and whether a comma trails. */
function bracketed(
  open: string,
  close: string,
  parts: readonly (readonly [string, string, string])[],
  trailing: boolean,
  inside: string,
) {
  const texts = parts.map(([before, text, after], index) => {
    const isLast = index === parts.length - 1;
    return before + text + after + (isLast && !trailing ? "" : ",");
  });
  return open + texts.join("") + inside + close;
}

const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: tie("object") },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(fc.tuple(gap, tie("value"), gap), { maxLength: 3 }), fc.boolean(), gap)
        .map(([parts, trailing, inside]) => bracketed("[", "]", parts, trailing, inside)),
    },
  ),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), gap, gap, gap, tie("value"), gap), {
        maxLength: 4,
        selector: ([name]) => name,
      }),
      fc.boolean(),
      gap,
    )
    .map(([members, trailing, inside]) => {
      const parts = members.map(([name, before, afterName, beforeValue, value, after]) => {
        return [before, `${JSON.stringify(name)}${afterName}:${beforeValue}${value}`, after] as const;
      });
      return bracketed("{", "}", parts, trailing, inside);
    }),
}));

/** As programs write it. */
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(1, "text", true, null, [], {}),
    fc.dictionary(fc.constantFrom(...NAMES), tie("tree"), { maxKeys: 4 }),
  ),
}));
const printed = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...NAMES), tree, { maxKeys: 4 }),
    fc.constantFrom("  ", "    ", "\t", ""),
  )
  .map(([value, indentation]) => JSON.stringify(value, null, indentation));

/** Valid JSONC with an object at its root, or nothing but comments; without byte order mark. */
export const jsonDocument = fc
  .tuple(gap, fc.option(fc.oneof(object, printed), { freq: 15, nil: "" }), gap, fc.boolean())
  .map(([before, text, after, windows]) => {
    const document = before + text + after;
    return windows ? document.replaceAll("\n", "\r\n") : document;
  });
