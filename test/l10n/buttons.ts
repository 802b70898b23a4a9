import ts from "typescript";
import { localisations } from "./sources";
import { readJson } from "./texts";

/**
 * The texts on buttons and in places as narrow: titles of commands, buttons of messages, labels of actions and
 * links, and whatever else is in title case, which VS Code uses for such texts only.
 */
export function buttonTexts(): Set<string> {
  const found = Object.entries(readJson("package.nls.json"))
    .filter(([key]) => key.startsWith("command."))
    .map(([, title]) => title);
  for (const { call, source } of localisations()) {
    const [first] = call.arguments;
    if (!first || !ts.isStringLiteralLike(first)) continue;
    if (isTitleCase(first.text) || isLabelOfAction(call) || isButtonOfMessage(call, source))
      found.push(first.text);
  }
  return new Set(found);
}

/** At least two words, none of them small but such as VS Code writes small in titles. */
export function isTitleCase(text: string): boolean {
  // A sentence or a question of names alone.
  if (/[.?]$/.test(text)) return false;
  const words = text.replace(/\{\d\}|\(.*?\)|:/g, "").match(/[\p{L}_.'’]+/gu) ?? [];
  const small = /^(?:a|an|the|and|or|of|in|on|to|from|for|with|by|as|it|config\.toml|auth\.json)$/;
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word) || small.test(word));
}

/** `{ label: l10n.t(…), command: … }` and its like. */
function isLabelOfAction(call: ts.CallExpression): boolean {
  const property = call.parent;
  if (!ts.isPropertyAssignment(property) || !/^(?:label|title)$/.test(property.name.getText())) return false;
  const others = property.parent.properties.map((each) => each.name?.getText() ?? "");
  return others.some((name) => /^(?:command|run|icon|action)$/.test(name));
}

/** `showInformationMessage(…, l10n.t(…))`, or by a constant of the file. */
function isButtonOfMessage(call: ts.CallExpression, source: ts.SourceFile): boolean {
  const isMessage = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /^show\w+Message$/.test(node.expression.getText(source));
  if (isMessage(call.parent)) return call.parent.arguments.indexOf(call) > 0;
  if (!ts.isVariableDeclaration(call.parent)) return false;
  const name = call.parent.name.getText(source);
  let isButton = false;
  const visit = (node: ts.Node): void => {
    if (isMessage(node) && node.arguments.slice(1).some((each) => each.getText(source) === name))
      isButton = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return isButton;
}
