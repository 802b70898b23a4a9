import { createHash } from "node:crypto";
import type { ClientEnvironment, StartCheck } from "../clients/client";
import { CLIENT_IDS, type ClientId } from "../clients/clientId";
import { CLIENTS, type ClientStates } from "../clients/registry";
import type { CheckStarts, Snapshot } from "../doctor/snapshot/snapshot";

/**
 * What the clients said of their configuration when they were asked. A client is asked only where the user wants to
 * know; until a file changes, what it said holds for the background looks too, so that panel, bar and marks agree.
 */
class StartChecks {
  readonly #said = new Map<ClientId, { readonly of: string; readonly check: StartCheck }>();

  /** What is known without starting anything. */
  readonly known: CheckStarts = (states) => {
    const checks = CLIENT_IDS.flatMap((id) => {
      const said = this.#said.get(id);
      return said?.of === fingerprint(states, id) ? [[id, said.check] as const] : [];
    });
    return Promise.resolve(Object.fromEntries(checks) as Snapshot["startChecks"]);
  };

  /** Asks some clients, and tells of the others what is known. */
  asking(environment: ClientEnvironment, clients: readonly ClientId[]): CheckStarts {
    return async (states) => {
      await Promise.all(clients.map((id) => this.#ask(environment, states, id)));
      return this.known(states);
    };
  }

  async #ask(environment: ClientEnvironment, states: ClientStates, id: ClientId): Promise<void> {
    const check = await CLIENTS[id].checkStart(environment, states[id]);
    if (check) this.#said.set(id, { of: fingerprint(states, id), check });
    else this.#said.delete(id);
  }
}

/** One for the window; in no service, because it loads the clients and with them the parsers. */
export const startChecks = new StartChecks();

/** Of the texts that the client reads: a hash, because they may hold keys. */
function fingerprint(states: ClientStates, id: ClientId): string {
  return createHash("sha256").update(JSON.stringify(states[id].configTexts)).digest("hex");
}
