import type { KeyPath } from "../../changes/document/edits/keyEdit";
import { namesAt, valueAt } from "../../changes/document/valueAt";
import { type ClientFile, stringAt } from "../../clients/configFile";
import type { CodexState } from "../../clients/codex/state/state";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { isTokenPoolAddress } from "./ourAddress";

/** What gives Codex a key for a provider before it would look into auth.json. */
const OTHER_KEY_SOURCES = ["env_key", "experimental_bearer_token", "auth"];

/** Providers that are part of Codex; their tables follow rules of their own. */
export const BUILT_IN_PROVIDERS: readonly string[] = ["openai", "ollama", "lmstudio", "amazon-bedrock"];

/** One table below `model_providers`. */
export interface CodexProvider {
  readonly id: string;
  readonly path: KeyPath;
  readonly baseUrl: string | undefined;
}

export function codexProviders({ config }: CodexState): CodexProvider[] {
  return namesAt(config.document, ["model_providers"]).map((id) => providerOf(config, id));
}

/** The provider that Codex would use now. */
export function codexProviderInUse(codex: CodexState): CodexProvider | undefined {
  const id = stringAt(codex.config, ["model_provider"]);
  const isDefined = id !== undefined && valueAt(codex.config.document, ["model_providers", id]) !== undefined;
  return isDefined ? providerOf(codex.config, id) : undefined;
}

function providerOf(config: ClientFile, id: string): CodexProvider {
  const path = ["model_providers", id];
  return { id, path, baseUrl: stringAt(config, [...path, "base_url"]) };
}

/** The provider is meant to be TokenPool's, in use or not. */
export function leadsToTokenPool({ baseUrl }: CodexProvider, chosenBaseUrl: string): boolean {
  if (baseUrl === undefined || baseUrl === "") return false;
  return isTokenPoolAddress(baseUrl) || isTokenPoolBaseUrl(baseUrl, chosenBaseUrl);
}

/** The provider in use gets its key from Codex's own login, wherever Codex keeps that. */
export function usesCodexLogin(codex: CodexState): boolean {
  const provider = codexProviderInUse(codex);
  if (!provider) return false;
  const has = (key: string) => valueAt(codex.config.document, [...provider.path, key]) !== undefined;
  return (
    valueAt(codex.config.document, [...provider.path, "requires_openai_auth"]) === true &&
    !OTHER_KEY_SOURCES.some(has)
  );
}

/** The provider in use names a source for its key; without any, current versions of Codex send none. */
export function namesKeySource(codex: CodexState): boolean {
  const provider = codexProviderInUse(codex);
  if (!provider) return false;
  const value = (...key: string[]) => valueAt(codex.config.document, [...provider.path, ...key]);
  return (
    value("requires_openai_auth") === true ||
    [...OTHER_KEY_SOURCES, "http_headers", "env_http_headers"].some((key) => value(key) !== undefined)
  );
}

/** The login is in auth.json, not in a keyring. */
export function keepsLoginInFile({ config }: CodexState): boolean {
  return (stringAt(config, ["cli_auth_credentials_store"]) ?? "file") === "file";
}
