import { createHash } from "node:crypto";
import type { ClientEnvironment, StartCheck } from "../../clients/client";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { programsIn, trustedPath } from "../../clients/machine/searchPath";
import { CLIENTS, type ClientStates, inspectClients } from "../../clients/registry";
import type { CheckStarts } from "../../doctor/snapshot/snapshot";

/**
 * What the clients said of their configuration when they were asked. A client is asked only where the user wants to
 * know; until a file changes, or the program, what it said holds for the background looks too, so that panel, bar and
 * marks agree.
 */
class StartChecks {
  readonly #said = new Map<ClientId, { readonly of: string; readonly check: StartCheck }>();

  /** What is known without starting anything. */
  known(environment: ClientEnvironment): CheckStarts {
    return async (states, fs) => {
      const checks = CLIENT_IDS.map(async (id) => {
        const said = this.#said.get(id);
        const isSame = said?.of === (await fingerprint({ ...environment, fs }, states, id));
        return said && isSame ? [[id, said.check] as const] : [];
      });
      return Object.fromEntries((await Promise.all(checks)).flat());
    };
  }

  /**
   * Asks some clients, at once: they think while everything else is looked at. What a look then sees otherwise than they
   * did, they have said nothing of. Of the others it tells what is known.
   */
  asking(environment: ClientEnvironment, clients: readonly ClientId[], chosenBaseUrl: string): CheckStarts {
    const asked = inspectClients(environment, chosenBaseUrl).then((states) =>
      Promise.all(clients.map((id) => this.#ask(environment, states, id))),
    );
    // A look that fails before it waits for them has said why.
    asked.catch(() => undefined);
    return async (states, fs) => {
      await asked;
      return this.known(environment)(states, fs);
    };
  }

  async #ask(environment: ClientEnvironment, states: ClientStates, id: ClientId): Promise<void> {
    const of = await fingerprint(environment, states, id);
    const check = await CLIENTS[id].checkStart(environment, states[id]);
    if (check) this.#said.set(id, { of, check });
    else this.#said.delete(id);
  }
}

/** One for the window; in no service, because it loads the clients and with them the parsers. */
export const startChecks = new StartChecks();

/** Of what the client reads, and where: a hash, because the texts may hold keys. Of other files and programs, the system's word. */
async function fingerprint(
  environment: ClientEnvironment,
  states: ClientStates,
  id: ClientId,
): Promise<string> {
  const { files, configTexts, namedFiles } = states[id];
  const programs = await programsIn(environment, await trustedPath(environment), CLIENTS[id].program);
  const seen = await Promise.all(
    [...namedFiles, ...programs].map((file) =>
      environment.fs.stat(file).then(
        ({ size, mtimeMs, ctimeMs }) => [size, mtimeMs, ctimeMs],
        () => [],
      ),
    ),
  );
  return createHash("sha256")
    .update(JSON.stringify([files, configTexts, programs, seen]))
    .digest("hex");
}
