import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { ROOT } from "../harness/paths";

/** Calls of `l10n.t` and `vscode.l10n.t`. */
export function localisations(): { call: ts.CallExpression; source: ts.SourceFile }[] {
  const files = fs
    .readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file));
  return files.flatMap((file) => {
    const name = path.join("src", file);
    const text = fs.readFileSync(path.join(ROOT, name), "utf8");
    if (!text.includes("l10n")) return [];
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const found: { call: ts.CallExpression; source: ts.SourceFile }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText(source)))
        found.push({ call: node, source });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}
