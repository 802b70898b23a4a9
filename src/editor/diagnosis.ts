import * as vscode from "vscode";
import type { ClientId } from "../clients/clientId";
import { programVersions } from "../clients/programVersions";
import { diagnose, toFinding } from "../doctor/diagnose";
import type { Finding } from "../doctor/finding";
import { type Snapshot, takeSnapshot } from "../doctor/snapshot";
import { isListening } from "./isListening";
import { runGit } from "./runGit";
import type { Services } from "./services";
import { settings } from "./settings";

/** Looks at the machine once, for all rules. */
export async function lookAtMachine(services: Services): Promise<Snapshot> {
  const environment = services.environment();
  const { report, findings } = services.health;
  const [codex, opencode, apiKey] = await Promise.all([
    programVersions(environment, "codex"),
    programVersions(environment, "opencode"),
    services.apiKeys.read().catch(() => undefined),
  ]);
  return takeSnapshot({
    environment,
    runGit,
    isListening,
    folders: openFolders(),
    apiKey,
    baseUrl: settings.baseUrl(),
    model: settings.model(),
    reviewModel: settings.reviewModel(),
    offeredModels: findings.models,
    health: report ? [report] : [],
    otherEndpoint: findings.other,
    usage: findings.usage,
    versions: { codex, opencode },
  });
}

/** What stands in the way of one client. */
export async function clientFindings(services: Services, client: ClientId): Promise<Finding[]> {
  const problems = diagnose(await lookAtMachine(services));
  return problems.filter((problem) => problem.client === client).map(toFinding);
}

function openFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}
