import { valueAt } from "../../../changes/document/valueAt";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import type { ClientEnvironment, ClientState, HeldKey, OtherProvider, Override } from "../../client";
import { type ClientFile, readClientFile, stringAt, textAsFile } from "../../configFile";
import { pathRules } from "../../machine/pathRules";
import { type KeyFile, inspectKeyFile } from "./keyFile";
import { type ConfigPaths, configDirectories, locateConfig } from "./home";
import { isOurModel, OPENAI_PATH, PROVIDER_ID, PROVIDER_PATH } from "./provider";
import { referencedFiles, resolvePlaceholders } from "./placeholders";

/** One of the configurations that OpenCode merges; a later one wins key by key. */
export interface ConfigLayer extends ClientFile {
  /** False for the text in OPENCODE_CONFIG_CONTENT, which is no file. */
  readonly editable: boolean;
  /** An administrator's. */
  readonly isManaged?: true;
}

export interface OpencodeState extends ClientState {
  readonly client: "opencode";
  /** The file to write: the one in use, or a new one. */
  readonly config: ConfigLayer;
  /** All there are apart from a workspace's, the weakest first, with `config` among them. */
  readonly layers: readonly ConfigLayer[];
  readonly keyFile: KeyFile;
  /** `provider/model` that OpenCode starts with, from whichever layer wins. */
  readonly defaultModel?: string;
  /** The directory that an OpenCode outside of VS Code's sandbox reads, where its files do not lead to TokenPool. */
  readonly outside?: string;
  /** Files in which OpenCode's provider `openai` was pointed to TokenPool by hand, as its documentation shows. */
  readonly documentedOverrides: readonly ConfigLayer[];
}

export async function inspectOpencode(
  environment: ClientEnvironment,
  chosenBaseUrl: string,
): Promise<OpencodeState> {
  const paths = locateConfig(environment);
  const rules = pathRules(environment.platform);
  const { config, layers } = await readLayers(environment, paths);
  const resolved = async (keyPath: readonly string[]) => {
    const layer = winner(layers, keyPath);
    const value = layer && stringAt(layer, keyPath);
    return layer && value !== undefined ? resolvePlaceholders(environment, layer.path, value) : undefined;
  };
  const leadsToTokenPool = (baseUrl = "") => baseUrl !== "" && isTokenPoolBaseUrl(baseUrl, chosenBaseUrl);
  const ownBaseUrl = await resolved([...PROVIDER_PATH, "options", "baseURL"]);
  const documentedOverrides = layers.filter(
    (layer) => layer.editable && leadsToTokenPool(stringAt(layer, [...OPENAI_PATH, "options", "baseURL"])),
  );
  const provider = ownBaseUrl === undefined && documentedOverrides.length > 0 ? OPENAI_PATH : PROVIDER_PATH;
  const baseUrl = await resolved([...provider, "options", "baseURL"]);
  const apiKey = await resolved([...provider, "options", "apiKey"]);
  const others = providerIds(layers).map(async (id): Promise<OtherProvider[]> => {
    const address = id === PROVIDER_ID ? undefined : await resolved(["provider", id, "options", "baseURL"]);
    if (!address || !leadsToTokenPool(address)) return [];
    const key = await resolved(["provider", id, "options", "apiKey"]);
    return [{ baseUrl: address, ...(key && { apiKey: key }) }];
  });
  const defaultModel = effective(layers, ["model"]);
  const keyFile = await inspectKeyFile(environment, layers);
  const outside = await outsideOf(environment, paths, leadsToTokenPool);
  return {
    client: "opencode",
    files: [...layers.filter(({ editable }) => editable).map((layer) => layer.path), keyFile.path],
    homes: [rules.dirname(paths.newFile), ...configDirectories(environment)],
    absentFiles: layers.filter(({ exists }) => !exists).map(({ path }) => path),
    heldKeys: [
      // Nobody but TokenPool writes it; where there is none, Git is not asked.
      { path: keyFile.path, isOurs: true },
      ...layers.filter(({ editable }) => editable).flatMap(literalKeys),
    ],
    configTexts: layers.map(({ text }) => text),
    namedFiles: layers.flatMap(({ path, text }) => referencedFiles(environment, path, text)),
    config,
    layers,
    keyFile,
    usesTokenPool: leadsToTokenPool(ownBaseUrl) || isOurModel(defaultModel),
    overriddenBy: overrides(layers.slice(layers.indexOf(config) + 1)),
    documentedOverrides,
    otherProviders: (await Promise.all(others)).flat(),
    ...(outside && { outside }),
    ...(typeof defaultModel === "string" && { defaultModel }),
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
  };
}

/** Ids of all providers that any layer names. */
export function providerIds(layers: readonly ConfigLayer[]): string[] {
  const named = layers.flatMap(({ document }) =>
    Object.keys(Object(valueAt(document, ["provider"])) as object),
  );
  return [...new Set(named)];
}

/** Keys that stand in the configuration itself instead of a reference to them. */
function literalKeys(layer: ConfigLayer): HeldKey[] {
  return [PROVIDER_PATH, OPENAI_PATH].flatMap((provider) => {
    const apiKey = stringAt(layer, [...provider, "options", "apiKey"]);
    if (!apiKey || /\{(?:env|file):/.test(apiKey)) return [];
    const baseUrl = stringAt(layer, [...provider, "options", "baseURL"]);
    return [
      {
        path: layer.path,
        apiKey,
        isOurs: provider === PROVIDER_PATH,
        ...(baseUrl !== undefined && { baseUrl }),
      },
    ];
  });
}

/** @returns undefined where VS Code runs in no sandbox, or nothing stands outside, or it leads to TokenPool too */
async function outsideOf(
  { fs }: ClientEnvironment,
  { outside }: ConfigPaths,
  leadsToTokenPool: (address: string | undefined) => boolean,
): Promise<string | undefined> {
  if (!outside) return undefined;
  const files = await Promise.all(outside.files.map((file) => readClientFile(fs, file, "jsonc")));
  const addresses = files.map((file) => stringAt(file, [...PROVIDER_PATH, "options", "baseURL"]));
  return files.some(({ exists }) => exists) && !addresses.some(leadsToTokenPool)
    ? outside.directory
    : undefined;
}

/** The layer whose value for a key is the one in force. */
export function winner(layers: readonly ConfigLayer[], keyPath: readonly string[]): ConfigLayer | undefined {
  return layers.findLast(({ document }) => valueAt(document, keyPath) !== undefined);
}

/** The value in force among the layers. */
export function effective(layers: readonly ConfigLayer[], keyPath: readonly string[]): unknown {
  return valueAt(winner(layers, keyPath)?.document, keyPath);
}

/** The files that exist, and the one to write whether it exists or not. */
async function readLayers(
  environment: ClientEnvironment,
  paths: ConfigPaths,
): Promise<{ config: ConfigLayer; layers: ConfigLayer[] }> {
  const read = async (path: string): Promise<ConfigLayer> => ({
    ...(await readClientFile(environment.fs, path, "jsonc")),
    editable: true,
  });
  const existing = async (files: readonly string[]) =>
    (await Promise.all(files.map(read))).filter(({ exists }) => exists);
  const weaker = await existing(paths.global);
  const config = paths.named ? await read(paths.named) : (weaker.pop() ?? (await read(paths.newFile)));
  const inline = environment.variables.OPENCODE_CONFIG_CONTENT;
  const managed = (await existing(paths.managed)).map((layer) => ({
    ...layer,
    editable: false,
    isManaged: true as const,
  }));
  const stronger = [
    ...(await existing(paths.overriding)),
    ...(inline ? [inlineLayer(inline)] : []),
    ...managed,
  ];
  return { config, layers: [...weaker, config, ...stronger] };
}

/** A text that no change of a file can reach. */
function inlineLayer(text: string): ConfigLayer {
  return { ...textAsFile("OPENCODE_CONFIG_CONTENT", text, "jsonc"), editable: false };
}

function overrides(stronger: readonly ConfigLayer[]): Override[] {
  return stronger.flatMap(({ path, document }) => {
    const keys = [["model"], ["small_model"], PROVIDER_PATH].filter(
      (key) => valueAt(document, key) !== undefined,
    );
    return keys.length > 0 ? [{ path, keys: keys.map((key) => key.join(".")) }] : [];
  });
}
