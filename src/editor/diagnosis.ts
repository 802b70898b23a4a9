import type { ClientId } from "../clients/clientId";
import { inspectCodex } from "../clients/codex/codexState";
import { programVersions } from "../clients/programVersions";
import { diagnose, toFinding } from "../doctor/diagnose";
import type { Finding } from "../doctor/finding";
import type { Snapshot } from "../doctor/snapshot";
import type { Services } from "./services";
import { settings } from "./settings";

/** Looks at the machine once, for all rules. */
export async function takeSnapshot(services: Services): Promise<Snapshot> {
  const environment = services.environment();
  const address = settings.baseUrl();
  const baseUrl = address.valid ? address.baseUrl : "";
  const [codex, codexVersions, apiKey] = await Promise.all([
    inspectCodex(environment, baseUrl),
    programVersions(environment, "codex"),
    services.apiKeys.read(),
  ]);
  return { codex, versions: { codex: codexVersions, opencode: [] }, apiKey };
}

/** What stands in the way of one client. */
export async function clientFindings(services: Services, client: ClientId): Promise<Finding[]> {
  const problems = diagnose(await takeSnapshot(services));
  return problems.filter((problem) => problem.client === client).map(toFinding);
}
