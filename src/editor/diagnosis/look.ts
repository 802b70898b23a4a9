import * as vscode from "vscode";
import { trackReads } from "../../changes/disk/trackedReads";
import type { FileSystem } from "../../changes/disk/userFile";
import type { ChangeStore } from "../../changes/store";
import { spellingOf } from "../../changes/spelling";
import { withContents } from "../../changes/disk/withContents";
import { readWrittenValues } from "../../changes/history/writtenValues";
import type { ClientEnvironment } from "../../clients/client";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { CLIENTS } from "../../clients/registry";
import { knownVersions, programVersions } from "../../clients/machine/programVersions";
import { diagnose } from "../../doctor/diagnose";
import type { Problem } from "../../doctor/problem";
import { type Snapshot, takeSnapshot } from "../../doctor/snapshot/snapshot";
import { ownGit } from "../guard/gitProgram";
import type { SecretGuard } from "../guard/secretGuard";
import type { ApiKeyStore } from "../keys/keyStore";
import { isListening } from "../machine/isListening";
import type { MachineWatch } from "../machine/machineWatch";
import { openFolders } from "../machine/openFolders";
import { settings } from "../settings";
import type { EndpointHealth } from "../status/endpointHealth";
import { startChecks } from "./startChecks";
import { trackAsks } from "./trackedAsks";

/**
 * How far a look goes. "files": starts nothing, so only what is remembered of the programs' versions is known; what Git
 * says comes from VS Code's own extension. "versions": the clients' programs are asked for their versions once. "asked": for what the
 * user wants to know, with a Git of our own, which knows repositories that are not open.
 */
export type Depth = "files" | "versions" | "asked";

/** Holds keys, as its snapshot does: never log, store or show it. */
export interface Look {
  readonly snapshot: Snapshot;
  readonly problems: readonly Problem[];
}

/** What a look takes from elsewhere than the clients' files. */
export interface LookSources {
  readonly apiKeys: Pick<ApiKeyStore, "read" | "named">;
  readonly health: Pick<EndpointHealth, "report" | "findings">;
  readonly secretGuard: Pick<SecretGuard, "places" | "askGit">;
  readonly watch: Pick<MachineWatch, "lookAgain">;
  readonly changes: ChangeStore;
  /** Made anew for every use, because variables and settings change. */
  readonly environment: () => ClientEnvironment;
}

/** A look with all that it depended on. */
export interface KeptLook {
  readonly look: Look;
  readonly inputs: readonly unknown[];
  /** Files, and programs on this machine that were asked for. */
  readonly isUnchanged: () => Promise<boolean>;
}

const NO_KEYS: ReadonlyMap<string, string> = new Map();

/** @param clients those that are asked whether they start; none of them in a folder that nobody trusts */
export async function takeLook(
  sources: LookSources,
  depth: Depth,
  clients: readonly ClientId[] = [],
): Promise<KeptLook> {
  const environment = sources.environment();
  const reads = trackReads(environment.fs);
  const asks = trackAsks();
  const tracked = { ...environment, fs: reads.fs };
  const asked = vscode.workspace.isTrusted ? clients : [];
  const checkStarts =
    asked.length > 0
      ? startChecks.asking(environment, asked, settings.usableBaseUrl())
      : startChecks.known(environment);
  const isOwnWanted = depth === "asked" && settings.secretGuardEnabled();
  const [inputs, written, askOwnGit] = await Promise.all([
    inputsOf(sources, environment),
    readWrittenValues({ ...sources.changes, fs: reads.fs }),
    isOwnWanted ? ownGit(environment) : undefined,
  ]);
  const { known, comparable } = inputs;
  const askGit = asks.of(inputs.askGit);
  const snapshot = await takeSnapshot({
    ...known,
    written,
    environment: tracked,
    // A Git of our own is started, so not that one but VS Code's is asked again whether it would say the same.
    askGit: askOwnGit ? async (file) => (await askGit?.(file), askOwnGit(file)) : askGit,
    askVersions: () => versionsOf(tracked, depth === "files" ? knownVersions : programVersions),
    checkStarts,
    isListening: asks.of(isListening),
  });
  const isUnchanged = async () => (await reads.isUnchanged()) && (await asks.areUnchanged());
  return {
    look: { snapshot, problems: diagnose(snapshot) },
    inputs: comparable,
    isUnchanged,
  };
}

/** Whether another look would find the same. */
export async function isCurrent(sources: LookSources, { inputs, isUnchanged }: KeptLook): Promise<boolean> {
  const { comparable } = await inputsOf(sources, sources.environment());
  return comparable.every((each, index) => each === inputs[index]) && (await isUnchanged());
}

/** All that a look depends on beside files, programs and Git. */
async function inputsOf(sources: LookSources, environment: ClientEnvironment) {
  const { variables, configuredDirectory, foreignFolders, askWsl } = environment;
  const { report, findings } = sources.health;
  const { places } = sources.secretGuard;
  const folders = openFolders();
  // All at one moment, before anything is waited for: a report from before a setting changed is one of another address.
  const now = {
    folders,
    keyLeaks: places,
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
    answerSays: findings.answerSays,
    ways: findings.ways ?? [],
    editorWorks: findings.editorWorks,
  };
  const comparable = [
    JSON.stringify([settings.rawBaseUrl(), now.model, now.reviewModel]),
    JSON.stringify([variables, configuredDirectory, foreignFolders, folders]),
    vscode.workspace.isTrusted,
    askWsl !== undefined,
    report,
    findings,
    places,
  ];
  const [apiKey, keyNames, askGit] = await Promise.all([
    sources.apiKeys.read().catch(() => undefined),
    keysOf(sources),
    sources.secretGuard.askGit(),
  ]);
  return {
    known: { ...now, apiKey, keyNames, storedKeys: [...keyNames.keys()] },
    askGit,
    // The same in the same order, each comparable by itself. VS Code's Git is there some seconds after the start.
    comparable: [...comparable, apiKey, keyNames, askGit !== undefined],
  };
}

/** Names by keys; the same map until one changes. */
function keysOf({ apiKeys }: LookSources): Promise<ReadonlyMap<string, string>> {
  return apiKeys.named().catch(() => NO_KEYS);
}

async function versionsOf(
  environment: ClientEnvironment,
  ask: typeof programVersions,
): Promise<Snapshot["versions"]> {
  const found = CLIENT_IDS.map(async (id) => [id, await ask(environment, CLIENTS[id].program)]);
  return Object.fromEntries(await Promise.all(found)) as Snapshot["versions"];
}

/** The same machine with other texts in some files, as they are typed; see `Diagnosis.typed`. */
export async function lookAtTexts(
  sources: LookSources,
  known: Snapshot,
  texts: ReadonlyMap<string, string>,
): Promise<Look> {
  const { deadProxy, deadLocalAddress } = known;
  const { snapshot } = await lookAtFiles(
    sources,
    known,
    await withTexts(sources.environment().fs, texts),
    () => Promise.resolve(true),
  );
  const typed = { ...snapshot, deadProxy, deadLocalAddress };
  return { snapshot: typed, problems: diagnose(typed) };
}

/** The same machine with other files; see `Diagnosis.planned`. */
export async function lookAtFiles(
  sources: LookSources,
  known: Snapshot,
  fs: FileSystem,
  isPortOpen = isListening,
): Promise<Look> {
  const environment = sources.environment();
  const taken = await takeSnapshot({
    ...known,
    environment: { ...environment, fs },
    askGit: undefined,
    askVersions: () => Promise.resolve(known.versions),
    checkStarts: startChecks.known(environment),
    isListening: isPortOpen,
    folders: openFolders(),
  });
  const snapshot = { ...taken, git: known.git };
  return { snapshot, problems: diagnose(snapshot) };
}

async function withTexts(fs: FileSystem, texts: ReadonlyMap<string, string>): Promise<FileSystem> {
  // Files are read where they really are, and an editor knows only the symbolic link that was opened.
  const resolved = [...texts].map(
    async ([file, text]) => [spellingOf(await fs.realpath(file).catch(() => file)), text] as const,
  );
  const behindLinks = new Map(await Promise.all(resolved));
  return withContents(fs, (file) => {
    const text = behindLinks.get(spellingOf(file));
    return text === undefined ? undefined : Buffer.from(text);
  });
}
