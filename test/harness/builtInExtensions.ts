import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Those of VS Code's own extensions that show or look at what the extension deals with: Git, JSON with its language
 * server, the other languages of our files, and what colours and icons come from.
 */
const NEEDED = [
  ...["git", "git-base", "json", "json-language-features", "configuration-editing"],
  ...["dotenv", "ini", "log", "markdown-basics", "shellscript", "theme-defaults", "theme-seti", "yaml"],
];

/**
 * Makes a folder of links to the needed ones. The other eighty are a fifth of what it takes to open a window; the
 * parts `editor` and `hostile` have all of them.
 * @param folder is made
 * @param modules where code-server lies
 */
export function linkNeededExtensions(folder: string, modules: string): void {
  fs.mkdirSync(folder);
  for (const name of NEEDED)
    fs.symlinkSync(path.join(modules, "code-server/lib/vscode/extensions", name), path.join(folder, name));
}
