import * as fs from "node:fs";
import * as path from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";
import { ROOT } from "../harness/paths";

/** The English bundle: what there is to translate. VS Code never reads it. */
export const ENGLISH_BUNDLE = path.join(ROOT, "l10n/bundle.l10n.json");

/** How a file of ours gets at `l10n.t` or `vscode.l10n.t`. */
const IMPORT = /^import \* as (?:l10n from "@vscode\/l10n|vscode from "vscode)";$/gm;

/** The English bundle as the sources have it now, in the order of their paths: a folder's may differ from disk to disk. */
export async function exportEnglish(): Promise<string> {
  const files = fs.readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" }).sort();
  // Joined, because the exporter compiles its queries again for each file and each import: 8 s instead of one.
  const sources = [".ts", ".tsx"].map((extension) => {
    const contents = files
      .filter((file) => path.extname(file) === extension)
      .map((file) => fs.readFileSync(path.join(ROOT, "src", file), "utf8"))
      .filter((text) => text.includes("l10n"))
      .join("\n");
    const imports = [...new Set(contents.match(IMPORT))];
    return { extension, contents: [...imports, contents.replace(IMPORT, "")].join("\n") };
  });
  return `${JSON.stringify(await getL10nJson(sources), null, 2)}\n`;
}
