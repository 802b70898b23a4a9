import type { WrittenValue } from "../../changes/history/writtenValues";
import type { ClientEnvironment, ClientState, StartCheck } from "../../clients/client";
import { type CcSwitchState, inspectCcSwitch } from "../../clients/ccswitch/state";
import type { ClientFile } from "../../clients/configFile";
import { CLIENT_IDS, type ClientId } from "../../clients/clientId";
import { type ClientStates, inspectClients } from "../../clients/registry";
import type { BaseUrlCheck } from "../../gateway/endpoints";
import type { ResponsesRoute } from "../../gateway/responsesRoute";
import type { Usage } from "../../gateway/usage/usage";
import type { UsedUpLimit } from "../../gateway/usage/usedUpLimit";
import type { WayResult } from "../../health/probe/askWays";
import type { FamilyReachability } from "../../health/probe/addressFamilies";
import type { HealthReport } from "../../health/report";
import type { Reachability } from "../../health/probe/reachability";
import { credentialFiles, projectCredentialFiles } from "../problems/secrets/credentialFiles";
import type { SettingFile } from "../../clients/codex/state/settingFiles";
import type { Variables } from "../../clients/machine/joinVariables";
import { pathRules } from "../../clients/machine/pathRules";
import { type LeakedFile, readLeakedFiles } from "../problems/secrets/leakedFiles";
import type { KeyPlace } from "../problems/secrets/keySearch";
import { type AskGit, type GitFact, inspectGit } from "../problems/secrets/gitFacts";
import { keyFilePlaces } from "../../clients/opencode/state/home";
import { type KeyReference, keyReferences } from "./projects/keyReferences";
import { readCodexProfiles } from "./codexProfiles";
import { deadLocalAddress, type IsListening } from "./localAddress";
import { deadProxy, type DeadProxy } from "./deadProxy";
import {
  type MissingCertificateFile,
  missingCertificateFiles,
  type MissingReference,
  missingSettingFiles,
  missingReferences,
} from "./missingFiles";
import { readOpencodeAuth } from "./opencodeAuth";
import { type ProjectFiles, readProjectFiles } from "./projects/projectFiles";

/** One read-only look at the machine; rules see nothing else. Holds keys: never log, store or show it. */
export interface Snapshot extends ClientStates {
  /** The system that the clients run on. */
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
  /** The environment variables. */
  readonly variables: Variables;
  /** `tokenpool.codex.home` and `tokenpool.opencode.configDirectory` as they were set; empty: not set. */
  readonly configuredDirectory: ClientEnvironment["configuredDirectory"];
  /** What `opencode auth login` stored. */
  readonly opencodeAuth: ClientFile;
  readonly missingCertificateFiles: readonly MissingCertificateFile[];
  readonly missingReferences: readonly MissingReference[];
  /** Files that settings of Codex's name and that are not there. */
  readonly missingSettingFiles: readonly SettingFile[];
  /** A proxy in Codex's .env on this machine at which nothing listens. */
  readonly deadProxy: DeadProxy | undefined;
  /** Host and port on this machine that Codex would send its requests to, if nothing listens there. */
  readonly deadLocalAddress: string | undefined;
  /** Versions of each client's program on the PATH; empty: none found. */
  readonly versions: Readonly<Record<ClientId, readonly string[]>>;
  /** What the clients themselves say of their configuration; absent where they were not asked, or gave no answer. */
  readonly startChecks: Readonly<Partial<Record<ClientId, StartCheck>>>;
  /** The stored key; of several the one in use. */
  readonly apiKey: string | undefined;
  /** All stored keys, the one in use among them: none of them may be anywhere else. */
  readonly storedKeys: readonly string[];
  /** What the user calls the stored keys, by key. */
  readonly keyNames: ReadonlyMap<string, string>;
  /** The setting `tokenpool.baseUrl`, checked. */
  readonly baseUrl: BaseUrlCheck;
  /** The settings `tokenpool.model` and `tokenpool.reviewModel`. */
  readonly model: string;
  readonly reviewModel: string;
  /** What the gateway offers to the stored key; undefined: not known. */
  readonly offeredModels: readonly string[] | undefined;
  /** The last check of the chosen endpoint; empty: not checked yet. */
  readonly health: readonly HealthReport[];
  /** How the other endpoint answers to a request without a key; undefined: not known. */
  readonly otherEndpoint: Reachability | undefined;
  /** What is left for the stored key; undefined: the gateway does not tell. */
  readonly usage: Usage | undefined;
  /** The limit of the stored key that is used up and comes back by itself; undefined: none, or not known. */
  readonly usedUp: UsedUpLimit | undefined;
  /** Where the chosen endpoint has the Responses API; undefined: not known. */
  readonly route: ResponsesRoute | undefined;
  /** How the chosen endpoint answers by IPv4 and by IPv6; empty where nobody asked. */
  readonly addressFamilies: readonly FamilyReachability[];
  /** One line of what a refusal says in its own words; a stranger's text, without any key. */
  readonly answerSays: string | undefined;
  /** How the clients fare on their ways to the chosen endpoint; empty where nobody asked. */
  readonly ways: readonly WayResult[];
  /** Whether VS Code's own way leads to the chosen endpoint; undefined: it is that of the clients, or nobody asked. */
  readonly editorWorks: boolean | undefined;
  /** The credential files that lie in a Git work tree; undefined: there is no Git to ask. */
  readonly git: readonly GitFact[] | undefined;
  /** The stored key in files of the Git repositories that are open. */
  readonly keyLeaks: readonly LeakedFile[];
  /** What we wrote into the clients' files, by the journal. */
  readonly written: readonly WrittenValue[];
  /** What CC Switch is set to on this machine. */
  readonly ccSwitch: CcSwitchState;
  /** Files of Codex's profiles, which count only for somebody who starts Codex with one. */
  readonly codexProfiles: readonly ClientFile[];
  /** Configuration of the clients in the folders that are open. */
  readonly projectFiles: ProjectFiles;
  /** Where files of projects take a key of the user's from. */
  readonly keyReferences: readonly KeyReference[];
}

export type CheckStarts = (
  states: ClientStates,
  fs: ClientEnvironment["fs"],
) => Promise<Snapshot["startChecks"]>;

/** What there is of each client. */
export function statesIn(states: ClientStates): readonly ClientState[] {
  return CLIENT_IDS.map((id) => states[id]);
}

/** What a snapshot is made of beside the files. */
export interface SnapshotSources extends Pick<
  Snapshot,
  | "apiKey"
  | "storedKeys"
  | "keyNames"
  | "baseUrl"
  | "model"
  | "reviewModel"
  | "offeredModels"
  | "health"
  | "otherEndpoint"
  | "usage"
  | "usedUp"
  | "route"
  | "addressFamilies"
  | "answerSays"
  | "ways"
  | "editorWorks"
  | "written"
> {
  /** Asks each client's program for its version, or tells what is remembered. */
  readonly askVersions: () => Promise<Snapshot["versions"]>;
  /** Where the secret guard has found the key. */
  readonly keyLeaks: readonly KeyPlace[];
  readonly environment: ClientEnvironment;
  /** Undefined: there is no Git to ask. */
  readonly askGit: AskGit | undefined;
  readonly isListening: IsListening;
  /** Asks the clients' own programs whether they start, or tells what is known of it. */
  readonly checkStarts: CheckStarts;
  /** Absolute paths of the folders that are open. */
  readonly folders: readonly string[];
}

/** Reads everything that rules look at. */
export async function takeSnapshot({
  environment,
  askGit,
  isListening,
  folders,
  checkStarts,
  askVersions,
  ...known
}: SnapshotSources): Promise<Snapshot> {
  const { fs, platform, variables, configuredDirectory } = environment;
  const chosen = known.baseUrl.valid ? known.baseUrl.baseUrl : "";
  const [states, opencodeAuth] = await Promise.all([
    inspectClients(environment, chosen),
    readOpencodeAuth(environment),
  ]);
  const { codex, opencode } = states;
  const all = statesIn(states);
  const readingProjects = readProjectFiles(
    fs,
    folders,
    all.flatMap(({ files }) => files),
  );
  const keyHolders = [
    ...credentialFiles(all, known.storedKeys),
    codex.auth.path,
    pathRules(platform).join(codex.home, ".env"),
    opencodeAuth.path,
    ...keyFilePlaces(environment),
  ];
  const keys = [...known.storedKeys, ...all.map(({ apiKey }) => apiKey)].filter(
    (key) => key !== undefined && key !== "",
  );
  const readOthers = () =>
    allOf({
      missingCertificateFiles: missingCertificateFiles(environment, codex.variables),
      missingReferences: missingReferences(environment, opencode),
      missingSettingFiles: missingSettingFiles(environment, codex),
      deadProxy: deadProxy(environment, codex, known.baseUrl, isListening),
      deadLocalAddress: deadLocalAddress(codex, isListening),
      ccSwitch: inspectCcSwitch(environment),
      codexProfiles: readCodexProfiles(fs, codex.home),
      keyReferences: readingProjects.then((files) =>
        keyReferences(environment, files.opencode, { files: keyHolders, keys: keys as string[] }),
      ),
      keyLeaks: readLeakedFiles(fs, askGit, known.keyLeaks, known.storedKeys),
    });
  const askWhatIsTracked = async () => {
    const ofProjects = await projectCredentialFiles(fs, folders);
    return inspectGit(askGit, fs, [...new Set([...credentialFiles(all, known.storedKeys), ...ofProjects])]);
  };
  // Programs are what takes longest.
  const [startChecks, versions, git, others, projectFiles] = await Promise.all([
    checkStarts(states, fs),
    askVersions(),
    askWhatIsTracked(),
    readOthers(),
    readingProjects,
  ]);
  return {
    ...known,
    ...states,
    ...others,
    startChecks,
    versions,
    opencodeAuth,
    platform,
    homeDirectory: environment.homeDirectory,
    variables,
    configuredDirectory,
    projectFiles,
    git,
  };
}

/** Everything at once: one after the other, each would wait for a turn of its own. */
async function allOf<T extends Record<string, unknown>>(
  asked: T,
): Promise<{ [Name in keyof T]: Awaited<T[Name]> }> {
  const found = Object.entries(asked).map(async ([name, answer]) => [name, await answer]);
  return Object.fromEntries(await Promise.all(found)) as { [Name in keyof T]: Awaited<T[Name]> };
}
