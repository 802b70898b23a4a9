import type { TextRange } from "../../../changes/document/edits/textEdit";
import type { FileSystem } from "../../../changes/disk/userFile";
import { spellingOf } from "../../../changes/spelling";
import type { ClientEnvironment } from "../../../clients/client";
import type { ClientFile } from "../../../clients/configFile";
import { pathRules } from "../../../clients/machine/pathRules";
import { withVariables } from "../../../clients/machine/userPath";
import { placeholdersIn, placeholderTarget } from "../../../clients/opencode/state/placeholders";

/** A placeholder in a project's file that OpenCode replaces by a key of the user's. */
export interface KeyReference {
  /** The project's file. */
  readonly path: string;
  /** What stands there; names of files and variables only. */
  readonly placeholder: string;
  readonly range: TextRange;
}

export interface KeyHolders {
  /** Absolute paths of the files that hold a key or a login. */
  readonly files: readonly string[];
  readonly keys: readonly string[];
}

/** Variables that hold a key by their name, whatever is in them here: a terminal's may differ from ours. */
const KEY_VARIABLES = ["TOKENPOOL_API_KEY", "CODEX_API_KEY", "OPENCODE_AUTH_CONTENT"];

/** The placeholder would be replaced by a key. */
export function isKeyVariable(
  { variables }: Pick<ClientEnvironment, "variables">,
  name: string,
  keys: readonly string[],
): boolean {
  return KEY_VARIABLES.includes(name.toUpperCase()) || keys.some((key) => variables[name]?.includes(key));
}

/**
 * Every placeholder of projects' files that leads to a key. OpenCode replaces them in the text before it
 * parses it, variables first: wherever one stands, behind a link or with a path of many shapes, its
 * content is in the configuration.
 */
export async function keyReferences(
  environment: ClientEnvironment,
  files: readonly ClientFile[],
  holders: KeyHolders,
): Promise<KeyReference[]> {
  const real = new RealPaths(environment);
  const secret = new Set(await Promise.all(holders.files.map((file) => real.of(file))));
  const found: KeyReference[] = [];
  for (const { path, text } of files) {
    const leadsToKey = async (named: string | undefined) =>
      named === undefined || secret.has(await real.of(targetOf(environment, path, named)));
    for (const [line, content] of text.split("\n").entries()) {
      if (content.trimStart().startsWith("//")) continue;
      // One text may stand in a line twice: as a key of ours, and where it is taken.
      const ends = new Map<string, number>();
      for (const { placeholder, named } of placeholdersOf(environment, content, holders.keys)) {
        const range = rangeIn(content, line, placeholder, ends.get(placeholder));
        ends.set(placeholder, range.endColumn);
        if (await leadsToKey(named)) found.push({ path, placeholder, range });
      }
    }
    // OpenCode takes a line break for a part of the name, and `x<line break>/../` leads back to where it began.
    for (const { placeholder, named } of placeholdersOf(environment, text, holders.keys)) {
      if (!placeholder.includes("\n") || !(await leadsToKey(named))) continue;
      const range = rangeOverLines(text, placeholder);
      found.push({ path, placeholder: placeholder.replace(/[\r\n]/g, " "), range });
      // One tells of the file; each costs a look through all of it.
      break;
    }
  }
  return found;
}

/** @returns `named`: the file; absent for a variable that holds a key */
function placeholdersOf(
  environment: ClientEnvironment,
  line: string,
  keys: readonly string[],
): { placeholder: string; named?: string }[] {
  const ofVariables = placeholdersIn(line, "env");
  let resolved = "";
  let end = 0;
  for (const each of ofVariables) {
    resolved += line.slice(end, each.start) + (environment.variables[each.target] ?? "");
    end = each.end;
  }
  resolved += line.slice(end);
  return [
    ...ofVariables
      .filter(({ target }) => isKeyVariable(environment, target, keys))
      .map(({ start, end: until }) => ({ placeholder: line.slice(start, until) })),
    ...placeholdersIn(resolved, "file").map(({ start, end: until, target }) => ({
      placeholder: resolved.slice(start, until),
      named: target,
    })),
  ];
}

/** On Windows also as its shells spell a path. */
function targetOf(environment: ClientEnvironment, configFile: string, named: string): string {
  if (environment.platform !== "win32") return placeholderTarget(environment, configFile, named);
  const spelled = withVariables(environment, named.replace(/^~\\+/, "~/"));
  return placeholderTarget(environment, configFile, spelled);
}

/** The whole line where a variable is part of the placeholder, which then stands nowhere as it is used. */
function rangeIn(content: string, line: number, placeholder: string, from = 0): TextRange {
  const at = content.indexOf(placeholder, from);
  if (at >= 0) return { line, column: at, endLine: line, endColumn: at + placeholder.length };
  return {
    line,
    column: content.length - content.trimStart().length,
    endLine: line,
    endColumn: content.trimEnd().length,
  };
}

/** To the end of the line that it begins in; the file's first line where a variable is part of it. */
function rangeOverLines(text: string, placeholder: string): TextRange {
  const line = text.slice(0, Math.max(0, text.indexOf(placeholder))).split("\n").length - 1;
  return rangeIn(text.split("\n")[line] ?? "", line, placeholder);
}

/** Where paths lead; each is asked for once, for a file may name the same a thousand times. */
class RealPaths {
  private readonly known = new Map<string, Promise<string>>();
  private readonly fs: Pick<FileSystem, "realpath">;
  private readonly platform: NodeJS.Platform;

  constructor({ fs, platform }: Pick<ClientEnvironment, "fs" | "platform">) {
    this.fs = fs;
    this.platform = platform;
  }

  /** One spelling for each file, also for one that is not there yet: its folder may be behind a link. */
  async of(file: string): Promise<string> {
    const real = spellingOf(await this.resolve(file));
    // A disk of macOS' does not tell capital letters from small ones either, unless somebody set it up so.
    return this.platform === "darwin" ? real.toLowerCase() : real;
  }

  private resolve(file: string): Promise<string> {
    const known = this.known.get(file) ?? this.ask(file);
    this.known.set(file, known);
    return known;
  }

  private async ask(file: string): Promise<string> {
    const rules = pathRules(this.platform);
    // Nothing is behind it, and looking for each of its folders takes minutes.
    if (file.length > (this.platform === "win32" ? 32_767 : 4_096)) return file;
    try {
      return await this.fs.realpath(file);
    } catch {
      const folder = rules.dirname(file);
      return folder === file ? file : rules.join(await this.resolve(folder), rules.basename(file));
    }
  }
}
