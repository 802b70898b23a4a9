import * as vscode from "vscode";
import { recoverInterruptedChanges } from "../../changes/history/recovery";
import { keyFileRepair } from "../../clients/opencode/state/keyFile";
import { inspectOpencode } from "../../clients/opencode/state/state";
import { runChange } from "../clientCommands/changeFlow";
import { readProfile } from "../connection";
import type { Services } from "../services";

/**
 * Quiet fixing after a start: a change that a crash interrupted is rolled back, and the key file that
 * OpenCode cannot start without is written again. Never shows anything.
 */
export async function repairAfterStart(services: Services): Promise<void> {
  const rolledBack = await recoverInterruptedChanges(services.changes);
  for (const { title } of rolledBack) services.log.warn(`rolled back an interrupted change: ${title}`);
  const connection = await readProfile(services);
  if ("refusal" in connection) return;
  const { apiKey, baseUrl } = connection.profile;
  const findRepair = async () =>
    keyFileRepair(await inspectOpencode(services.environment(), baseUrl), apiKey);
  if (!(await findRepair())) return;
  const makePlan = async () => {
    const repair = await findRepair();
    const title = vscode.l10n.t("Repair OpenCode's key file");
    return { client: "opencode", title, files: repair ? [repair] : [], notices: [] };
  };
  await runChange(services, makePlan, false);
}
