import type { Client } from "../../clients/client";
import { CLIENTS } from "../../clients/registry";
import { type ChangeOutcome, runChanges, showRefusal } from "../clientCommands/changeFlow";
import type { Services } from "../services";
import { settings } from "../settings";

/** A client that uses TokenPool, and the key that it holds. */
export interface ClientInUse {
  readonly client: Client;
  readonly apiKey: string | undefined;
}

/** Those that may get another key: while the address in the settings cannot be used, nobody knows where it is to go. */
export async function clientsInUse(services: Services): Promise<ClientInUse[]> {
  const baseUrl = settings.usableBaseUrl();
  return baseUrl === "" ? [] : clientsAt(services, baseUrl);
}

/** Those that a key can be taken out of: also then, for official endpoints are known without it. */
export function clientsAtTokenPool(services: Services): Promise<ClientInUse[]> {
  return clientsAt(services, settings.usableBaseUrl());
}

/** All by one address: a setting that changes meanwhile must not make it another's question. */
async function clientsAt(services: Services, baseUrl: string): Promise<ClientInUse[]> {
  const found: ClientInUse[] = [];
  for (const client of Object.values(CLIENTS)) {
    const { usesTokenPool, apiKey } = await client.inspect(services.environment(), baseUrl);
    if (usesTokenPool) found.push({ client, apiKey });
  }
  return found;
}

/** Those that have neither the key in use nor another stored one: that was given to them by the user. */
export async function outdatedClients(services: Services): Promise<Client[]> {
  const stored = await services.apiKeys.all();
  const users = await clientsInUse(services);
  return users.filter(({ apiKey }) => !apiKey || !stored.includes(apiKey)).map(({ client }) => client);
}

/**
 * Another key for several clients is one change: half of them with the old one would be a fault to search for. Where it
 * was refused, that is shown.
 */
export async function writeKey(
  services: Services,
  clients: readonly Client[],
  apiKey: string,
  confirm: boolean,
): Promise<ChangeOutcome> {
  const baseUrl = settings.usableBaseUrl();
  const makePlans = () =>
    Promise.all(
      clients.map(async (client) =>
        client.planKeyUpdate(await client.inspect(services.environment(), baseUrl), apiKey),
      ),
    );
  const outcome = await runChanges(services, makePlans, confirm);
  if (outcome.refusal) await showRefusal(outcome.refusal);
  return outcome;
}
