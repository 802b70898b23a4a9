import { CLIENTS } from "../../clients/registry";
import type { ClientEnvironment } from "../../clients/client";
import { settings } from "../settings";
import type { ClientUse } from "./statusTooltip";

/** Reads from the clients' files which of them use TokenPool. */
export async function readClientUse(environment: ClientEnvironment): Promise<ClientUse[]> {
  const address = settings.baseUrl();
  const baseUrl = address.valid ? address.baseUrl : "";
  return Promise.all(
    Object.values(CLIENTS).map(async (client) => {
      const { usesTokenPool } = await client.inspect(environment, baseUrl);
      return { name: client.name, usesTokenPool };
    }),
  );
}
