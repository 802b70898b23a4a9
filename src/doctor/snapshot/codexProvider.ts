import type { KeyPath } from "../../changes/document/edits/keyEdit";
import { namesAt } from "../../changes/document/valueAt";
import { stringAt } from "../../clients/configFile";
import type { CodexState } from "../../clients/codex/state/state";
import { inForce, textInForce } from "../../clients/codex/state/systemLayers";
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

/** Those of the user's own file. */
export function codexProviders({ config }: CodexState): CodexProvider[] {
  return namesAt(config.document, ["model_providers"]).map((id) => {
    const path = ["model_providers", id];
    return { id, path, baseUrl: stringAt(config, [...path, "base_url"]) };
  });
}

/** The provider that Codex would use now, wherever it is defined. */
export function codexProviderInUse(codex: CodexState): CodexProvider | undefined {
  const { config, system } = codex;
  const id = textInForce(config, system, ["model_provider"]);
  if (id === undefined || !isInForce(codex, ["model_providers", id])) return undefined;
  const path = ["model_providers", id];
  return { id, path, baseUrl: textInForce(config, system, [...path, "base_url"]) };
}

function isInForce({ config, system }: CodexState, key: KeyPath): boolean {
  return inForce(config, system, key) !== undefined;
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
  return (
    asksForLogin(codex, provider) &&
    !OTHER_KEY_SOURCES.some((name) => isInForce(codex, [...provider.path, name]))
  );
}

/** The provider in use names a source for its key; without any, current versions of Codex send none. */
export function namesKeySource(codex: CodexState): boolean {
  const provider = codexProviderInUse(codex);
  if (!provider) return false;
  const sources = [...OTHER_KEY_SOURCES, "http_headers", "env_http_headers"];
  return asksForLogin(codex, provider) || sources.some((name) => isInForce(codex, [...provider.path, name]));
}

function asksForLogin({ config, system }: CodexState, { path }: CodexProvider): boolean {
  return inForce(config, system, [...path, "requires_openai_auth"]) === true;
}

/** The login is in auth.json, not in a keyring. */
export function keepsLoginInFile({ config, system }: CodexState): boolean {
  return (textInForce(config, system, ["cli_auth_credentials_store"]) ?? "file") === "file";
}
