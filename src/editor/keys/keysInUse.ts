import type { Client, ClientEnvironment } from "../../clients/client";
import { isTrustedProgram } from "../../clients/machine/searchPath";
import { CLIENTS } from "../../clients/registry";
import { checkApiKey } from "../../gateway/apiKey";
import { checkBaseUrl } from "../../gateway/endpoints";
import type { Services } from "../services";
import { settings } from "../settings";

/** A key that was put into the clients' files by hand or by another program. Never shown whole or logged. */
export interface KeyInUse {
  readonly apiKey: string;
  /** Where it goes: an official endpoint, or the address that the user chose. */
  readonly baseUrl: string;
  /** Those that send it; none: it lies in our own key file, and nobody does. */
  readonly clients: readonly Client[];
}

/** What can be taken over: from the user's own files and variables only, never from a project. Sends nothing. */
export async function keysInUse(services: Services): Promise<readonly KeyInUse[]> {
  const chosen = settings.baseUrl();
  if (!chosen.valid) return [];
  const environment = services.environment();
  const found = new Map<string, KeyInUse>();
  for (const client of Object.values(CLIENTS)) {
    const state = await client.inspect(environment, chosen.baseUrl);
    for (const { apiKey, baseUrl, places } of await client.sentKeys(environment, state, chosen.baseUrl)) {
      const address = checkBaseUrl(baseUrl ?? chosen.baseUrl);
      // A key of TokenPool's must not go to an address of the user's own, nor the other way round.
      const isSameGateway = address.valid && address.official === chosen.official;
      if (!isSameGateway || !isWellFormed(apiKey) || !(await areOwn(environment, places))) continue;
      const known = found.get(apiKey) ?? { apiKey, baseUrl: address.baseUrl, clients: [] };
      const clients = baseUrl === undefined ? known.clients : [...new Set([...known.clients, client])];
      found.set(apiKey, { ...known, clients });
    }
  }
  return [...found.values()];
}

function isWellFormed(apiKey: string): boolean {
  const shape = checkApiKey(apiKey);
  return shape.valid && shape.key === apiKey;
}

/** What lies in an open folder was perhaps made by whoever made the folder. */
async function areOwn(environment: ClientEnvironment, places: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(places.map((place) => isTrustedProgram(environment, place)));
  return answers.every(Boolean);
}
