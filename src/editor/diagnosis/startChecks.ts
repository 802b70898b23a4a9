import { createHash } from "node:crypto";
import type { ClientEnvironment, ClientState, StartCheck } from "../../clients/client";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { programsIn, trustedPath } from "../../clients/machine/searchPath";
import { CLIENTS } from "../../clients/registry";
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
    return this.#after(environment, Promise.resolve());
  }

  /**
   * Asks some clients, at once: they think while everything else is looked at. What a look then sees otherwise than they
   * did, they have said nothing of. Of the others it tells what is known.
   */
  asking(environment: ClientEnvironment, clients: readonly ClientId[], chosenBaseUrl: string): CheckStarts {
    const asked = Promise.all(clients.map((id) => this.#ask(environment, id, chosenBaseUrl)));
    // A look that fails before it waits for them has said why.
    asked.catch(() => undefined);
    return this.#after(environment, asked);
  }

  #after(environment: ClientEnvironment, asked: Promise<unknown>): CheckStarts {
    return async (states, fs) => {
      const seen = CLIENT_IDS.map(async (id) => {
        const programs = await programsOf({ ...environment, fs }, id);
        return [id, await fingerprint(fs, states[id], programs)] as const;
      });
      const [found] = await Promise.all([Promise.all(seen), asked]);
      const checks = found.flatMap(([id, of]) => {
        const said = this.#said.get(id);
        return said?.of === of ? [[id, said.check] as const] : [];
      });
      return Object.fromEntries(checks);
    };
  }

  async #ask(environment: ClientEnvironment, id: ClientId, chosenBaseUrl: string): Promise<void> {
    const [state, programs] = await Promise.all([
      CLIENTS[id].inspect(environment, chosenBaseUrl),
      programsOf(environment, id),
    ]);
    const of = await fingerprint(environment.fs, state, programs);
    const check = await CLIENTS[id].checkStart(environment, state);
    // What came or went meanwhile it may have read or not.
    const isSame = (await fingerprint(environment.fs, state, programs)) === of;
    if (check && isSame) this.#said.set(id, { of, check });
    else this.#said.delete(id);
  }
}

/** One for the window; in no service, because it loads the clients and with them the parsers. */
export const startChecks = new StartChecks();

async function programsOf(environment: ClientEnvironment, id: ClientId): Promise<string[]> {
  return programsIn(environment, await trustedPath(environment), CLIENTS[id].program);
}

/** Of what the client reads, and where: a hash, because the texts may hold keys. Of other files and programs, the system's word. */
async function fingerprint(
  fs: ClientEnvironment["fs"],
  { files, configTexts, namedFiles }: ClientState,
  programs: readonly string[],
): Promise<string> {
  const seen = await Promise.all(
    [...namedFiles, ...programs].map((file) =>
      fs.stat(file).then(
        ({ size, mtimeMs, ctimeMs }) => [size, mtimeMs, ctimeMs],
        () => [],
      ),
    ),
  );
  return createHash("sha256")
    .update(JSON.stringify([files, configTexts, programs, seen]))
    .digest("hex");
}
