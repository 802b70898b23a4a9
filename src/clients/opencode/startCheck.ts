import { exists } from "../../changes/disk/folders";
import { isObject, valueAt } from "../../changes/document/valueAt";
import type { ClientEnvironment, StartCheck } from "../client";
import { pathRules } from "../machine/pathRules";
import { withTemporaryFolder } from "../machine/askProgram";
import { askFirst, startFailure } from "../startCheck";
import { configDirectories } from "./state/home";
import type { ConfigLayer, OpencodeState } from "./state/state";

/** What OpenCode prints first where it cannot use a file. Each pattern here is linear: nobody knows what comes. */
const FAILURE = /^Error: (?:Configuration is invalid at|Config file at) (\S.*)$([^]*)/m;

/** What may follow the file's name on that line. */
const BEHIND_NAME = /(?: is not valid JSON\(C\))?:?$/;

/** The same where the line goes on behind the file's name. */
const FAILURE_IN_LINE = /^Error: Configuration is invalid at (.+?\.jsonc?): (.+)$/m;

/** `↳ Expected number, got "a" provider.x.models.y.limit.context`: the path of the key comes last. */
const ISSUE = /^↳ (.*) (\S+)$/m;

/** Behind the whole text of the file, which may hold keys. */
const SYNTAX_ERROR = /^(\w+) at line (\d+), column (\d+)$/m;

/**
 * Asks OpenCode to read its configuration, in about a second. Plugins, updates, the list of models and a project's
 * configuration are left out, and what it writes goes to a temporary folder (clients.md 2). Measured on 1.14 and
 * 1.18; versions before do not know `--pure`, answer with their help, and nothing is known then.
 */
export async function checkStart(
  environment: ClientEnvironment,
  { layers }: OpencodeState,
): Promise<StartCheck | undefined> {
  const files = layers.filter(({ editable, exists }) => editable && exists);
  if (!(await staysAsItIs(environment, files))) return undefined;
  const takeAwayTraces = await watchTraces(environment);
  const answer = await withTemporaryFolder((folder) =>
    askFirst(environment, "opencode", {
      args: ["debug", "config", "--pure"],
      variables: {
        OPENCODE_DISABLE_MODELS_FETCH: "1",
        OPENCODE_DISABLE_AUTOUPDATE: "1",
        OPENCODE_DISABLE_PROJECT_CONFIG: "1",
        XDG_DATA_HOME: folder,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
        TMPDIR: folder,
        TEMP: folder,
        TMP: folder,
      },
    }),
  );
  await takeAwayTraces();
  if (!answer) return undefined;
  return answer.exitCode === 0 ? { starts: true } : failureIn(environment, files, answer.stderr);
}

/**
 * OpenCode 1.18.33 writes what nobody asked for: `$schema` into every file that has none, a file of its own where there
 * is no global one, and for a `config` of its first versions two new files, after which that is gone. So it is asked
 * only where it has nothing to do.
 */
async function staysAsItIs(environment: ClientEnvironment, files: readonly ConfigLayer[]): Promise<boolean> {
  const rules = pathRules(environment.platform);
  const folders = configDirectories(environment);
  const hasGlobal = files.some(({ path }) => rules.dirname(path) === folders[0]);
  const isMarked = ({ document, problem }: ConfigLayer) => problem ?? valueAt(document, ["$schema"]);
  if (!hasGlobal || !files.every(isMarked)) return false;
  const first = await Promise.all(
    folders.map((folder) => isThere(environment, rules.join(folder, "config"))),
  );
  return !first.includes(true);
}

/** OpenCode lays a `.gitignore` into each folder of its configuration. */
async function watchTraces(environment: ClientEnvironment): Promise<() => Promise<void>> {
  const rules = pathRules(environment.platform);
  const candidates = configDirectories(environment).map((folder) => rules.join(folder, ".gitignore"));
  const before = await Promise.all(candidates.map((file) => isThere(environment, file)));
  return async () => {
    for (const file of candidates.filter((_, index) => !before[index]))
      await environment.fs.rm(file, { force: true }).catch(() => undefined);
  };
}

/** What cannot be told counts as there: then nothing is asked, and nothing taken away. */
function isThere({ fs }: ClientEnvironment, place: string): Promise<boolean> {
  return exists(fs, place).catch(() => true);
}

function failureIn(
  environment: ClientEnvironment,
  files: readonly ConfigLayer[],
  stderr: string,
): StartCheck | undefined {
  const [, oneLinePath, reason] = FAILURE_IN_LINE.exec(stderr) ?? [];
  if (oneLinePath !== undefined && reason !== undefined) {
    return startFailure(environment, reason, { path: oneLinePath });
  }
  const [, named, details = ""] = FAILURE.exec(stderr) ?? [];
  if (named === undefined) return undefined;
  const path = named.trimEnd().replace(BEHIND_NAME, "");
  const [, syntaxError, line, column] = SYNTAX_ERROR.exec(details.split("--- Errors ---").at(-1) ?? "") ?? [];
  if (syntaxError !== undefined) {
    const start = { line: Number(line) - 1, column: Number(column) - 1 };
    const range = { ...start, endLine: start.line, endColumn: start.column };
    return startFailure(environment, syntaxError, { path, range });
  }
  const [, issue = "", name = ""] = ISSUE.exec(details) ?? [];
  const [words = ""] = issue.split(", got ", 1);
  const file = files.find((each) => each.path === path);
  const range = file?.rangeAt(keyPathIn(file.document, name), "key");
  return startFailure(environment, `${words} (${name})`, { path, ...(range && { range }) });
}

/** The longest existing path that dotted names spell; names such as `gpt-5.5` have dots of their own. */
function keyPathIn(document: unknown, dotted: string): string[] {
  if (!isObject(document)) return [];
  const names = Object.keys(document).sort((a, b) => b.length - a.length);
  const name = names.find((each) => dotted === each || dotted.startsWith(`${each}.`));
  return name === undefined ? [] : [name, ...keyPathIn(document[name], dotted.slice(name.length + 1))];
}
