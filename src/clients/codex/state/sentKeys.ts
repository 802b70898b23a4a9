import type { ClientEnvironment, SentKey } from "../../client";
import { stringAt } from "../../configFile";
import type { CodexState } from "./state";
import { textInForce } from "./systemLayers";

/** The key that Codex sends with its provider in use, found in Codex's own order. */
export function sentKeys(_environment: ClientEnvironment, state: CodexState): Promise<readonly SentKey[]> {
  const { config, system, usesTokenPool, baseUrl } = state;
  const provider = textInForce(config, system, ["model_provider"]);
  if (!usesTokenPool || baseUrl === undefined || provider === undefined) return Promise.resolve([]);
  const found = keyOf(state, ["model_providers", provider]);
  const places = [config.path, ...(found ? [found.place] : [])];
  return Promise.resolve(found?.apiKey ? [{ apiKey: found.apiKey, baseUrl, places }] : []);
}

function keyOf(state: CodexState, provider: readonly string[]) {
  const { config, auth, variables, environmentKey, usesChatGptLogin } = state;
  const variable = stringAt(config, [...provider, "env_key"]);
  if (variable !== undefined) return { apiKey: variables[variable], place: config.path };
  const token = stringAt(config, [...provider, "experimental_bearer_token"]);
  if (token !== undefined) return { apiKey: token, place: config.path };
  if (environmentKey !== undefined) return { apiKey: environmentKey, place: config.path };
  // Then that is what goes to the gateway.
  if (usesChatGptLogin) return undefined;
  return { apiKey: stringAt(auth, ["OPENAI_API_KEY"]), place: auth.path };
}
