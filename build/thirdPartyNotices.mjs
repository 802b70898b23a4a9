// The licence texts of everything that esbuild put into the bundle. MIT, BSD and ISC allow to pass code on only
// together with their text, and minified code has lost it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Licences that ask for their text and nothing more. Anything else, copyleft above all, stops the build. */
const PERMISSIVE = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "BlueOak-1.0.0"];

/** A package may bring its copyright in one file and its notices in another; both have to travel. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Our own licence is MIT, too: its words for a package that names the licence but forgot to enclose them. */
const MIT_WORDS = readFileSync(new URL("../LICENSE", import.meta.url), "utf8").replace(
  /^[^]*(?=Permission is)/,
  "",
);

/**
 * @param metafiles esbuild's own account of what it read, one for each build
 * @returns the text to ship, packages in the order of their names
 * @throws Error for a package whose licence is not known as permissive, or that has no text
 */
export function thirdPartyNotices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [...new Set(inputs.flatMap(packageFolder))].sort();
  const notices = folders.map(noticeOf);
  return ["TokenPool for VS Code contains code of these packages.", ...notices].join(
    `\n\n${"-".repeat(80)}\n\n`,
  );
}

/** The innermost package: one that is nested in another's node_modules has a licence of its own. */
function packageFolder(input) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input);
  return folder ? [folder[0]] : [];
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  if (!PERMISSIVE.includes(license)) throw new Error(`${name} ${version}: may "${license}" be shipped?`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (texts.length === 0 && license === "MIT" && author)
    texts.push(`Copyright (c) ${author}\n\n${MIT_WORDS.trim()}`);
  if (texts.length === 0) throw new Error(`${name} ${version} has no licence text to ship`);
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
