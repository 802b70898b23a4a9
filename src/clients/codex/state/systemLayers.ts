import type { KeyPath } from "../../../changes/document/edits/keyEdit";
import { valueAt } from "../../../changes/document/valueAt";
import type { ClientEnvironment, Override } from "../../client";
import { type ClientFile, readClientFile } from "../../configFile";

/** An administrator's files, in force for everybody on the machine (clients.md 2.8, Codex 0.169). Never written. */
export interface SystemLayers {
  /** Below the user's file. */
  readonly defaults: ClientFile;
  /** Above it. */
  readonly managed: ClientFile;
  /** Above all; of what matters here only `model_provider` counts, the rest is ignored. */
  readonly requirements: ClientFile;
}

const FOLDER = "/etc/codex";

/** An administrator's file is no larger; and it is read at every look. */
const LARGEST_BYTES = 256 * 1024;

/** What a managed file can take away from TokenPool. */
const OUR_KEYS: readonly KeyPath[] = [
  ["model_provider"],
  ["model"],
  ["review_model"],
  ["model_providers", "OpenAI"],
];

export async function readSystemLayers({
  fs,
  platform,
}: ClientEnvironment): Promise<SystemLayers | undefined> {
  if (platform === "win32") return undefined;
  const [defaults, managed, requirements] = await Promise.all([
    readClientFile(fs, `${FOLDER}/config.toml`, "toml", LARGEST_BYTES),
    readClientFile(fs, `${FOLDER}/managed_config.toml`, "toml", LARGEST_BYTES),
    readClientFile(fs, `${FOLDER}/requirements.toml`, "toml", LARGEST_BYTES),
  ]);
  return { defaults, managed, requirements };
}

/** The value in force at a key; of a table the strongest file's part of it. */
export function inForce(config: ClientFile, system: SystemLayers | undefined, key: KeyPath): unknown {
  if (!system) return valueAt(config.document, key);
  const { defaults, managed, requirements } = system;
  const strongest = key.length === 1 && key[0] === "model_provider" ? [requirements] : [];
  return [...strongest, managed, config, defaults]
    .map(({ document }) => valueAt(document, key))
    .find((value) => value !== undefined);
}

/** The same for a text. */
export function textInForce(
  config: ClientFile,
  system: SystemLayers | undefined,
  key: KeyPath,
): string | undefined {
  const value = inForce(config, system, key);
  return typeof value === "string" ? value : undefined;
}

/** What outranks the user's file, the strongest first. */
export function systemOverrides(system: SystemLayers | undefined): Override[] {
  if (!system) return [];
  const { managed, requirements } = system;
  const found: [ClientFile, readonly KeyPath[]][] = [
    [requirements, [["model_provider"]]],
    [managed, OUR_KEYS],
  ];
  return found.flatMap(([{ path, document }, keys]) => {
    const set = keys.filter((key) => valueAt(document, key) !== undefined);
    return set.length > 0 ? [{ path, keys: set.map((key) => key.join(".")) }] : [];
  });
}
