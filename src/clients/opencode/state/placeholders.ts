import { readUserFile } from "../../../changes/disk/userFile";
import type { ClientEnvironment } from "../../client";
import { pathRules } from "../../machine/pathRules";

/** A `{file:…}` or `{env:…}` in a text. */
export interface Placeholder {
  /** Where it begins and ends. */
  readonly start: number;
  readonly end: number;
  /** What stands behind the colon. */
  readonly target: string;
}

/** Every placeholder of a kind, as OpenCode finds them; by hand, for a pattern tries each beginning to the end of the text. */
export function placeholdersIn(text: string, kind: "file" | "env"): Placeholder[] {
  const beginning = `{${kind}:`;
  const found: Placeholder[] = [];
  for (let start = text.indexOf(beginning); start >= 0;) {
    const from = start + beginning.length;
    const brace = text.indexOf("}", from);
    if (brace < 0) break;
    if (brace > from) found.push({ start, end: brace + 1, target: text.slice(from, brace) });
    start = text.indexOf(beginning, brace);
  }
  return found;
}

/** Where a `{file:…}` in a configuration file leads. */
export function placeholderTarget(
  environment: ClientEnvironment,
  configFile: string,
  target: string,
): string {
  const rules = pathRules(environment.platform);
  if (target.startsWith("~/")) return rules.join(environment.homeDirectory, target.slice(2));
  return rules.isAbsolute(target) ? rules.normalize(target) : rules.join(rules.dirname(configFile), target);
}

/**
 * Every file that a configuration text refers to. OpenCode replaces placeholders in the text before it
 * parses it: also in block comments and behind values, but not in lines that begin with `//`.
 */
export function referencedFiles(environment: ClientEnvironment, configFile: string, text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("//"))
    .flatMap((line) => placeholdersIn(line, "file"))
    .map(({ target }) => placeholderTarget(environment, configFile, target));
}

/** A value as OpenCode will use it; undefined when a file it refers to cannot be read. */
export async function resolvePlaceholders(
  environment: ClientEnvironment,
  configFile: string,
  value: string,
): Promise<string | undefined> {
  const resolved = replaced(value, "env", (name) => environment.variables[name] ?? "");
  const contents = new Map<string, string>();
  for (const { target } of placeholdersIn(resolved, "file")) {
    const content =
      contents.get(target) ??
      (await readText(environment, placeholderTarget(environment, configFile, target)))?.trim();
    if (content === undefined) return undefined;
    contents.set(target, content);
  }
  return replaced(resolved, "file", (target) => contents.get(target) ?? "");
}

function replaced(text: string, kind: "file" | "env", contentOf: (target: string) => string): string {
  let end = 0;
  const parts = placeholdersIn(text, kind).map((found) => {
    const before = text.slice(end, found.start);
    ({ end } = found);
    return before + contentOf(found.target);
  });
  return parts.join("") + text.slice(end);
}

async function readText({ fs }: ClientEnvironment, file: string): Promise<string | undefined> {
  const read = await readUserFile(fs, file).catch(() => undefined);
  return read && new TextDecoder().decode(read.bytes);
}
