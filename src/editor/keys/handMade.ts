import { isIn } from "../../changes/history/writtenValues";
import type { Client } from "../../clients/client";
import type { Services } from "../services";
import { keysInUse } from "./keysInUse";

/**
 * Clients that send this key to TokenPool by a configuration of the user's own that does not keep them from working: Set Up leaves
 * them as they are, also when it is run again. What we wrote ourselves we bring up to date.
 */
export async function handMadeClients(services: Services, apiKey: string): Promise<readonly Client[]> {
  const users = (await keysInUse(services)).find((key) => key.apiKey === apiKey)?.clients ?? [];
  if (users.length === 0) return [];
  const { snapshot, problems } = await services.diagnosis.look("versions");
  return users.filter(({ id }) => {
    const { config } = snapshot[id];
    const isOurs = snapshot.written.some((each) => each.valueHash !== undefined && isIn(each, config));
    return !isOurs && !problems.some(({ client, severity }) => client === id && severity === "error");
  });
}
