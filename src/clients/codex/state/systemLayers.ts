import type { KeyPath } from "../../../changes/document/edits/keyEdit";
import { valueAt } from "../../../changes/document/valueAt";
import type { ClientEnvironment, Override } from "../../client";
import { type ClientFile, readClientFile } from "../../configFile";
import { systemFiles } from "./systemFiles";

/** An administrator's files, in force for everybody on the machine (clients.md 2.8, Codex 0.169). Never written. */
export interface SystemLayers {
  /** Below the user's file. */
  readonly defaults: ClientFile;
  /** Above it; not on Windows. */
  readonly managed?: ClientFile;
  /** Above all; of what matters here only `model_provider` counts, the rest is ignored. */
  readonly requirements: ClientFile;
}

/** An administrator's file is no larger; and it is read at every look. */
const LARGEST_BYTES = 256 * 1024;

/** What a managed file can take away from TokenPool. */
const OUR_KEYS: readonly KeyPath[] = [
  ["model_provider"],
  ["model"],
  ["review_model"],
  ["model_providers", "OpenAI"],
];

export async function readSystemLayers(environment: ClientEnvironment, home: string): Promise<SystemLayers> {
  const files = systemFiles(environment, home);
  const read = (path: string) => readClientFile(environment.fs, path, "toml", LARGEST_BYTES);
  const [defaults, requirements, managed] = await Promise.all([
    read(files.defaults),
    read(files.requirements),
    files.managed === undefined ? undefined : read(files.managed),
  ]);
  return { defaults, requirements, ...(managed && { managed }) };
}

/** The value in force at a key; of a table the strongest file's part of it. */
export function inForce(config: ClientFile, system: SystemLayers, key: KeyPath): unknown {
  const { defaults, managed, requirements } = system;
  const strongest = key.length === 1 && key[0] === "model_provider" ? [requirements] : [];
  return [...strongest, managed, config, defaults]
    .map((file) => valueAt(file?.document, key))
    .find((value) => value !== undefined);
}

/** The same for a text. */
export function textInForce(config: ClientFile, system: SystemLayers, key: KeyPath): string | undefined {
  const value = inForce(config, system, key);
  return typeof value === "string" ? value : undefined;
}

/** What outranks the user's file, the strongest first. */
export function systemOverrides({ managed, requirements }: SystemLayers): Override[] {
  const found: [ClientFile | undefined, readonly KeyPath[]][] = [
    [requirements, [["model_provider"]]],
    [managed, OUR_KEYS],
  ];
  return found.flatMap(([file, keys]) => {
    const set = keys.filter((key) => valueAt(file?.document, key) !== undefined);
    return file && set.length > 0 ? [{ path: file.path, keys: set.map((key) => key.join(".")) }] : [];
  });
}
