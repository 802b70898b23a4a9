import * as l10n from "@vscode/l10n";
import type { ReplacedFile } from "../../../changes/plan";
import { Refusal } from "../../../changes/refusal";
import { isSamePlace } from "../../../changes/spelling";
import { readUserFile } from "../../../changes/disk/userFile";
import type { ClientEnvironment } from "../../client";
import { type ClientFile, stringAt } from "../../configFile";
import { pathRules } from "../../machine/pathRules";
import { keyFilePlaces } from "./home";
import { placeholdersIn, placeholderTarget, referencedFiles } from "./placeholders";
import { OPENAI_PATH, PROVIDER_PATH } from "./provider";

/** The file of ours that holds the key, so that no configuration file has to. */
export interface KeyFile {
  readonly path: string;
  /** How a configuration refers to it. */
  readonly placeholder: string;
  /** A configuration refers to it and it is not there: OpenCode refuses to start. */
  readonly missing: boolean;
  /** A configuration refers to it outside our provider, so that it has to stay. */
  readonly usedElsewhere: boolean;
}

/** Finds the key file: the one in use, or the place for a new one. */
export async function inspectKeyFile(
  environment: ClientEnvironment,
  layers: readonly ClientFile[],
): Promise<KeyFile> {
  const isNamedIn = (place: string, layer: ClientFile, text = layer.text) =>
    referencedFiles(environment, layer.path, text).some((each) => isSamePlace(each, place));
  const isNamed = (place: string) => layers.some((layer) => isNamedIn(place, layer));
  const places = keyFilePlaces(environment);
  const path = places.find(isNamed) ?? places[0];
  return {
    path,
    placeholder: placeholderInUse(environment, layers, path) ?? placeholderFor(environment, path),
    missing: isNamed(path) && !(await exists(environment, path)),
    usedElsewhere: layers.some((layer) => isNamedIn(path, layer, textOutsideProvider(layer))),
  };
}

/**
 * How the configuration refers to it already, which OpenCode understands in more ways than ours: with `~/` on Windows
 * too, or in a home that is spelled in other letters. The strongest layer counts; a relative path is of its own file.
 */
function placeholderInUse(
  environment: ClientEnvironment,
  layers: readonly ClientFile[],
  path: string,
): string | undefined {
  const rules = pathRules(environment.platform);
  const values = layers.flatMap((layer) =>
    [PROVIDER_PATH, OPENAI_PATH].map((provider) => stringAt(layer, [...provider, "options", "apiKey"]) ?? ""),
  );
  return values.findLast((value) => {
    const [{ start, end, target } = { start: -1, end: -1, target: "" }] = placeholdersIn(value, "file");
    if (start !== 0 || end !== value.length || !(target.startsWith("~/") || rules.isAbsolute(target)))
      return false;
    return isSamePlace(placeholderTarget(environment, "", target), path);
  });
}

/** Of a provider that stands there twice the last counts; OpenCode reads what the first refers to all the same. */
function textOutsideProvider({ text, rawValuesAt }: ClientFile): string {
  const [provider] = rawValuesAt(PROVIDER_PATH);
  return provider ? text.replace(provider.raw, () => "") : text;
}

interface KeyFileState {
  readonly keyFile: KeyFile;
}

/** Writes the key; OpenCode takes surrounding blanks off. */
export function keyFileChange({ keyFile }: KeyFileState, apiKey: string): ReplacedFile {
  return {
    kind: "replace",
    path: keyFile.path,
    content: new TextEncoder().encode(`${apiKey}\n`),
    credential: true,
  };
}

/** What to write so that OpenCode starts again; undefined while nothing is missing. */
export function keyFileRepair(state: KeyFileState, apiKey: string): ReplacedFile | undefined {
  return state.keyFile.missing ? keyFileChange(state, apiKey) : undefined;
}

/**
 * `~` keeps the configuration valid on every machine it is synced to; it knows no other place. On Windows the
 * path is written out, but for a home that a placeholder cannot hold.
 */
function placeholderFor({ homeDirectory, platform }: ClientEnvironment, path: string): string {
  const inHome = pathRules(platform).join(homeDirectory, ".config", "tokenpool", "api-key");
  const spelled = platform === "win32" ? path.replaceAll("\\", "/") : path;
  const isPortable = path === inHome && (platform !== "win32" || !canHold(spelled));
  return `{file:${isPortable ? "~/.config/tokenpool/api-key" : spelled}}`;
}

/** OpenCode finds the end of a placeholder by its brace, and takes the path from the text before that is parsed. */
function canHold(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- JSON escapes them
  return !/[}"\\\u0000-\u001f]|\{env:/.test(path);
}

/** @throws Refusal where the key file lies in a place that no placeholder can name */
export function refuseUnnamable({ keyFile: { path, placeholder } }: KeyFileState): void {
  if (canHold(placeholder.slice("{file:".length, -1))) return;
  const message = l10n.t(
    "OpenCode cannot be told to read {0}: its configuration cannot hold this path. Let XDG_CONFIG_HOME name a directory without braces, quotes and backslashes.",
    path,
  );
  throw new Refusal("change/path-not-possible", message, { path });
}

async function exists({ fs }: ClientEnvironment, path: string): Promise<boolean> {
  return readUserFile(fs, path).then(
    (file) => file !== undefined,
    // Something is there; why it cannot be used is for the change to say.
    () => true,
  );
}
