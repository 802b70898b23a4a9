import { recoverInterruptedChanges } from "../../changes/history/recovery";
import { readJournal } from "../../changes/history/journal/journal";
import type { ChangePlan } from "../../changes/plan";
import { hashBytes } from "../../changes/store";
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
    const findRepair = async () => {
      const state = await client.inspect(services.environment(), baseUrl);
      const repair = client.planRepair?.(state, apiKey);
      return repair && client.planRepair?.(state, await keyThatWasThere(services, repair, apiKey));
    };
    const repair = client.planRepair && (await findRepair());
    if (repair)
      await runChange(services, async () => (await findRepair()) ?? { ...repair, files: [] }, false);
  }
}

/** Of several keys the one that we wrote there last, which need not be the one in use. */
async function keyThatWasThere(services: Services, repair: ChangePlan, inUse: string): Promise<string> {
  const paths = repair.files.map(({ path }) => path);
  const files = (await readJournal(services.changes)).flatMap((entry) => entry.files);
  const last = files.findLast(({ path, afterHash }) => paths.includes(path) && afterHash !== undefined);
  const keys = await services.apiKeys.all();
  return keys.find((key) => hashBytes(Buffer.from(`${key}\n`)) === last?.afterHash) ?? inUse;
}
