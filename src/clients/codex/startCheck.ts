import { namesAt, valueAt } from "../../changes/document/valueAt";
import type { TextRange } from "../../changes/document/edits/textEdit";
import type { ClientEnvironment, StartCheck } from "../client";
import { type ClientFile, stringAt } from "../configFile";
import { pathRules } from "../machine/pathRules";
import { askFirst, startFailure } from "../startCheck";
import type { CodexState } from "./state/state";

/** `<file>:<line>:<column>: <message>`, both from 1; versions before 0.107 name no place. */
const PLACE = /^(.+?):(\d+):(\d+): ([^]*)$/;

/** Where `login status` would ask the keyring, which may ask the user. */
const KEYRING_STORES: readonly unknown[] = ["keyring", "auto"];

/**
 * Asks Codex to read its configuration. `login status` does so offline in 15 to 30 ms and writes nothing; it is
 * measured on 0.39 to 0.169, and what another version answers in other words counts as not known.
 *
 * Codex makes helper programs in its home (from 0.92 at the latest) or in the temporary directory (before), but
 * refuses to where the home lies in the temporary directory: so that is what it is told.
 */
export async function checkStart(
  environment: ClientEnvironment,
  { home, config, wslSilent, missingDirectory }: CodexState,
): Promise<StartCheck | undefined> {
  // Codex would make a home; and the one in WSL is read by a program that we do not reach from here.
  const before = await entriesOf(environment, home);
  if (!before || missingDirectory !== undefined || wslSilent || environment.askWsl) return undefined;
  const store = valueAt(config.document, ["cli_auth_credentials_store"]);
  const args = KEYRING_STORES.includes(store) ? ["features", "list"] : ["login", "status"];
  const variables = { CODEX_HOME: home, TMPDIR: home, TEMP: home, TMP: home, RUST_BACKTRACE: "0" };
  const answer = await askFirst(environment, "codex", { args, variables });
  await takeAwayTraces(environment, home, before);
  if (!answer) return undefined;
  const words = failureIn(answer.stderr);
  if (words !== undefined) return failureOf(environment, config, words);
  const isAnswered = answer.exitCode === 0 || /^Not logged in/m.test(answer.stderr);
  return isAnswered ? { starts: true } : undefined;
}

/** What `login status` and, below "Caused by:", `features list` print where the configuration cannot be loaded. */
function failureIn(stderr: string): string | undefined {
  const ofStatus = /^Error loading configuration: ([^]+)$/m.exec(stderr)?.[1];
  const ofList = /^Error: failed to load (?:bootstrap )?configuration\s+Caused by:\s+([^]+)$/m.exec(
    stderr,
  )?.[1];
  return (ofStatus ?? ofList)?.split(/^[ \t]*Stack backtrace:/m, 1)[0]?.trim();
}

function failureOf(environment: ClientEnvironment, config: ClientFile, words: string): StartCheck {
  const [, path, line, column, message] = PLACE.exec(words) ?? [];
  if (path === undefined || message === undefined) {
    const range = rangeNamedIn(config, words);
    return startFailure(environment, words, { path: config.path, ...(range && { range }) });
  }
  const start = { line: Number(line) - 1, column: Number(column) - 1 };
  const end = path === config.path ? config.text.split("\n")[start.line]?.trimEnd().length : undefined;
  const range = { ...start, endLine: start.line, endColumn: Math.max(start.column, end ?? 0) };
  return startFailure(environment, message, { path, range });
}

/** The key that the words name in backticks, such as `mcp_servers.x`, or the first setting whose value they name. */
function rangeNamedIn(config: ClientFile, words: string): TextRange | undefined {
  for (const [, name = ""] of words.matchAll(/`([^`]+)`/g)) {
    const key = (name.split(" =", 1)[0] ?? "").split(".");
    // A table has no place of its own: its first key stands for it.
    const inTable = namesAt(config.document, key).slice(0, 1);
    const range = config.rangeAt([...key, ...inTable], "key");
    if (range) return range;
  }
  const settings = Object.keys(config.document ?? {});
  const named = settings.find((key) => isNamed(words, stringAt(config, [key]) ?? ""));
  return named === undefined ? undefined : config.rangeAt([named], "value");
}

/** As a word of its own or at the end of a path: a short value stands in many others. */
function isNamed(words: string, value: string): boolean {
  const at = words.indexOf(value);
  const around = [words[at - 1] ?? "", words[at + value.length] ?? ""];
  return value !== "" && at >= 0 && !around.some((character) => /[\w-]/.test(character));
}

/** undefined: there is no such folder */
function entriesOf({ fs }: ClientEnvironment, folder: string): Promise<string[] | undefined> {
  return fs.readdir(folder).catch(() => undefined);
}

/** Versions up to 0.80 leave `.tmp…` with links to themselves, some of 0.12x an empty folder. */
async function takeAwayTraces(
  environment: ClientEnvironment,
  home: string,
  before: readonly string[],
): Promise<void> {
  const after = (await entriesOf(environment, home)) ?? [];
  const rules = pathRules(environment.platform);
  for (const name of after.filter((each) => !before.includes(each))) {
    const path = rules.join(home, name);
    // Anything else may be of a Codex that the user has just started.
    const removed = /^\.tmp\w{6}$/.test(name)
      ? environment.fs.rm(path, { recursive: true, force: true })
      : environment.fs.rmdir(path);
    await removed.catch(() => undefined);
  }
}
