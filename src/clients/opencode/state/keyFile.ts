import type { ReplacedFile } from "../../../changes/plan";
import { readUserFile } from "../../../changes/disk/userFile";
import type { ClientEnvironment } from "../../client";
import type { ClientFile } from "../../configFile";
import { pathRules } from "../../machine/pathRules";
import { keyFilePlaces } from "./home";
import { PROVIDER_PATH } from "./provider";
import { referencedFiles } from "./placeholders";

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
  const references = new Set(layers.flatMap(({ path, text }) => referencedFiles(environment, path, text)));
  const places = keyFilePlaces(environment);
  const path = places.find((place) => references.has(place)) ?? places[0];
  return {
    path,
    placeholder: placeholderFor(environment, path),
    missing: references.has(path) && !(await exists(environment, path)),
    usedElsewhere: layers.some((layer) =>
      referencedFiles(environment, layer.path, textOutsideProvider(layer)).includes(path),
    ),
  };
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

/** `~` keeps the configuration valid on every machine it is synced to; it knows no other place, nor Windows. */
function placeholderFor({ homeDirectory, platform }: ClientEnvironment, path: string): string {
  const inHome = pathRules(platform).join(homeDirectory, ".config", "tokenpool", "api-key");
  const portable = platform !== "win32" && path === inHome;
  return `{file:${portable ? "~/.config/tokenpool/api-key" : path.replaceAll("\\", "/")}}`;
}

async function exists({ fs }: ClientEnvironment, path: string): Promise<boolean> {
  return readUserFile(fs, path).then(
    (file) => file !== undefined,
    // Something is there; why it cannot be used is for the change to say.
    () => true,
  );
}
