import { recoverInterruptedChanges } from "../../changes/history/recovery";
import { CLIENTS } from "../../clients/registry";
import { runChange } from "../clientCommands/changeFlow";
import { readProfile } from "../connection";
import type { Services } from "../services";

/**
 * Quiet fixing after a start: a change that a crash interrupted is rolled back, and a file of ours
 * that a client cannot start without is written again. Never shows anything.
 */
export async function repairAfterStart(services: Services): Promise<void> {
  const rolledBack = await recoverInterruptedChanges(services.changes);
  for (const { title } of rolledBack) services.log.warn(`rolled back an interrupted change: ${title}`);
  const connection = await readProfile(services);
  if ("refusal" in connection) return;
  const { apiKey, baseUrl } = connection.profile;
  for (const client of Object.values(CLIENTS)) {
    const findRepair = async () =>
      client.planRepair?.(await client.inspect(services.environment(), baseUrl), apiKey);
    const repair = client.planRepair && (await findRepair());
    if (repair)
      await runChange(services, async () => (await findRepair()) ?? { ...repair, files: [] }, false);
  }
}
