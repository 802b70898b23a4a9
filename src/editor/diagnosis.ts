import * as vscode from "vscode";
import type { FileSystem } from "../changes/disk/userFile";
import { withContents } from "../changes/disk/withContents";
import { readWrittenValues } from "../changes/history/writtenValues";
import { CLIENT_IDS, type ClientId, forEachClient } from "../clients/clientId";
import { CLIENTS } from "../clients/registry";
import { programVersions } from "../clients/machine/programVersions";
import { diagnose, toFinding } from "../doctor/diagnose";
import type { Finding } from "../doctor/finding";
import type { Problem } from "../doctor/problem";
import { type Snapshot, type SnapshotSources, takeSnapshot } from "../doctor/snapshot/snapshot";
import { editorPath } from "./files/editorPath";
import { ownGit } from "./guard/gitProgram";
import { isListening } from "./machine/isListening";
import { openFolders } from "./machine/openFolders";
import type { Services } from "./services";
import { startChecks } from "./startChecks";
import { settings } from "./settings";

/**
 * Looks at the machine once, for all rules, because the user asked for it: programs are started.
 * @param clients those that are asked whether they start; none of them in a folder that nobody trusts
 */
export async function lookAtMachine(
  services: Services,
  clients: readonly ClientId[] = [],
): Promise<Snapshot> {
  const environment = services.environment();
  const askGit = await ownGit(environment);
  const versions = await versionsOf(services);
  const asked = vscode.workspace.isTrusted ? clients : [];
  return look(services, { askGit, versions, checkStarts: startChecks.asking(environment, asked) });
}

/** The same for marks in files that are open, which nobody asked for: what Git says is the secret guard's part. */
export async function lookUnasked(services: Services): Promise<Snapshot> {
  return look(services, {
    askGit: undefined,
    versions: await versionsOf(services),
    checkStarts: startChecks.known,
  });
}

async function versionsOf(services: Services): Promise<Snapshot["versions"]> {
  const environment = services.environment();
  const found = CLIENT_IDS.map(async (id) => [id, await programVersions(environment, CLIENTS[id].program)]);
  return Object.fromEntries(await Promise.all(found)) as Snapshot["versions"];
}

/** The same in the background: no program is started, so the clients seem not to be installed. */
export function lookAtFiles(services: Services): Promise<Snapshot> {
  return look(services, {
    askGit: undefined,
    versions: forEachClient(() => []),
    checkStarts: startChecks.known,
  });
}

async function look(
  services: Services,
  programs: Pick<SnapshotSources, "askGit" | "versions" | "checkStarts">,
): Promise<Snapshot> {
  const { report, findings } = services.health;
  return takeSnapshot({
    ...programs,
    environment: services.environment(),
    isListening,
    folders: openFolders(),
    keyLeaks: services.secretGuard.places,
    apiKey: await services.apiKeys.read().catch(() => undefined),
    baseUrl: settings.baseUrl(),
    model: settings.model(),
    reviewModel: settings.reviewModel(),
    offeredModels: findings.models,
    health: report ? [report] : [],
    otherEndpoint: findings.other,
    usage: findings.usage,
    usedUp: findings.usedUp,
    route: findings.route,
    addressFamilies: findings.addressFamilies ?? [],
    unknownAnswer: findings.unknownAnswer,
    written: await readWrittenValues(services.changes),
  });
}

/**
 * The same machine with other texts in some files, as somebody is typing them. Programs and Git are not
 * asked again.
 * @param texts absolute path → text
 */
export async function lookAtTexts(
  services: Services,
  known: Snapshot,
  texts: ReadonlyMap<string, string>,
): Promise<Snapshot> {
  if (texts.size === 0) return known;
  const environment = services.environment();
  const snapshot = await takeSnapshot({
    ...known,
    environment: { ...environment, fs: await withTexts(environment.fs, texts) },
    askGit: undefined,
    checkStarts: startChecks.known,
    isListening: () => Promise.resolve(true),
    folders: openFolders(),
  });
  return { ...snapshot, git: known.git, deadLocalAddress: known.deadLocalAddress };
}

async function withTexts(fs: FileSystem, texts: ReadonlyMap<string, string>): Promise<FileSystem> {
  // Files are read where they really are, and an editor knows only the symbolic link that was opened.
  const resolved = [...texts].map(
    async ([file, text]) => [editorPath(await fs.realpath(file).catch(() => file)), text] as const,
  );
  const behindLinks = new Map(await Promise.all(resolved));
  return withContents(fs, (file) => {
    const text = behindLinks.get(editorPath(file));
    return text === undefined ? undefined : Buffer.from(text);
  });
}

export interface AfterChange {
  /** What still stands in the way. */
  readonly findings: readonly Finding[];
  /** Clients that say themselves that they start. */
  readonly starting: readonly ClientId[];
}

/**
 * What a change left in the way, the word of the changed clients included. A look that fails makes nothing undone:
 * the files are written by then.
 */
export async function lookAfterChange(
  services: Services,
  clients: readonly ClientId[],
  concerns: (found: Problem) => boolean,
): Promise<AfterChange> {
  try {
    const snapshot = await lookAtMachine(services, clients);
    const findings = diagnose(snapshot).filter(concerns).map(toFinding);
    return { findings, starting: clients.filter((id) => snapshot.startChecks[id]?.starts) };
  } catch (error) {
    services.log.error(error instanceof Error ? error : String(error));
    return { findings: [], starting: [] };
  }
}
