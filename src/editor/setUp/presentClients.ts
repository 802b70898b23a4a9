import * as vscode from "vscode";
import type { Client, ClientEnvironment, ClientState } from "../../clients/client";
import { programsIn, trustedPath } from "../../clients/machine/searchPath";
import { CLIENTS } from "../../clients/registry";

/**
 * The clients that somebody uses on this machine; Codex where there is none. Starts no program.
 * @param states of every client
 */
export async function presentClients(
  environment: ClientEnvironment,
  states: readonly ClientState[],
): Promise<Client[]> {
  const isThere = await Promise.all(states.map((state) => isPresent(environment, state)));
  const present = states.filter((_, index) => isThere[index]).map(({ client }) => CLIENTS[client]);
  return present.length > 0 ? present : [CLIENTS.codex];
}

/** Whoever has only the app, or only the extension, has no program on the PATH. */
async function isPresent(environment: ClientEnvironment, { client, homes }: ClientState): Promise<boolean> {
  const { program, extensionIds } = CLIENTS[client];
  if (extensionIds.some((id) => vscode.extensions.getExtension(id))) return true;
  const entries = await Promise.all(homes.map((home) => environment.fs.readdir(home).catch(() => [])));
  // An empty folder was made by a program that was only asked for its version.
  if (entries.some(({ length }) => length > 0)) return true;
  return (await programsIn(environment, await trustedPath(environment), program)).length > 0;
}
