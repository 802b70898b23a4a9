import { readUserFile } from "../../changes/userFile";
import type { ClientEnvironment } from "../client";
import { pathRules } from "../pathRules";

const FILE_PLACEHOLDER = /\{file:([^}]+)\}/g;
const ENVIRONMENT_PLACEHOLDER = /\{env:([^}]+)\}/g;

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
    .flatMap((line) => [...line.matchAll(FILE_PLACEHOLDER)])
    .map(([, target = ""]) => placeholderTarget(environment, configFile, target));
}

/** A value as OpenCode will use it; undefined when a file it refers to cannot be read. */
export async function resolvePlaceholders(
  environment: ClientEnvironment,
  configFile: string,
  value: string,
): Promise<string | undefined> {
  let resolved = value.replace(
    ENVIRONMENT_PLACEHOLDER,
    (_, name: string) => environment.variables[name] ?? "",
  );
  for (const [placeholder, target = ""] of resolved.matchAll(FILE_PLACEHOLDER)) {
    const content = await readText(environment, placeholderTarget(environment, configFile, target));
    if (content === undefined) return undefined;
    resolved = resolved.replace(placeholder, () => content.trim());
  }
  return resolved;
}

async function readText({ fs }: ClientEnvironment, file: string): Promise<string | undefined> {
  const read = await readUserFile(fs, file).catch(() => undefined);
  return read && new TextDecoder().decode(read.bytes);
}
