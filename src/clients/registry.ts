import type { JournalEntry } from "../changes/store";
import type { Client, ClientEnvironment } from "./client";
import { CLIENT_IDS, type ClientId } from "./clientId";
import { codex } from "./codex/codex";
import { opencode } from "./opencode/opencode";

const clients = { codex, opencode };

/** Every client there is. A new one is one folder beside these, its id, and one word here. */
export const CLIENTS: Readonly<Record<ClientId, Client>> = clients;

export type ClientStates = {
  readonly [Id in ClientId]: Awaited<ReturnType<(typeof clients)[Id]["inspect"]>>;
};

/** Reads what there is of every client. @param chosenBaseUrl the address that the user chose; empty: none */
export async function inspectClients(
  environment: ClientEnvironment,
  chosenBaseUrl: string,
): Promise<ClientStates> {
  const states = CLIENT_IDS.map(async (id) => [id, await CLIENTS[id].inspect(environment, chosenBaseUrl)]);
  return Object.fromEntries(await Promise.all(states)) as ClientStates;
}

/** Whose a change is. One of several clients is treated as one of Codex's, whose files need most care. */
export function clientOf({ client }: JournalEntry): Client {
  return Object.values(CLIENTS).find(({ id }) => id === client) ?? codex;
}
