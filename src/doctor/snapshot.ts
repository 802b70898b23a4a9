import type { ClientEnvironment } from "../clients/client";
import type { ClientId } from "../clients/clientId";
import { type CodexState, inspectCodex } from "../clients/codex/codexState";
import { inspectOpencode, type OpencodeState } from "../clients/opencode/opencodeState";
import type { BaseUrlCheck } from "../gateway/endpoints";
import type { HealthReport } from "../health/healthReport";
import { credentialFiles } from "./credentialFiles";
import { type GitFact, inspectGit, type RunGit } from "./gitFacts";
import { type ProjectFile, readProjectFiles } from "./projectFiles";

/** One read-only look at the machine; rules see nothing else. Holds keys: never log, store or show it. */
export interface Snapshot {
  readonly codex: CodexState;
  readonly opencode: OpencodeState;
  /** Versions of each client's program on the PATH; empty: none found. */
  readonly versions: Readonly<Record<ClientId, readonly string[]>>;
  /** The stored key. */
  readonly apiKey: string | undefined;
  /** The setting `tokenpool.baseUrl`, checked. */
  readonly baseUrl: BaseUrlCheck;
  /** The settings `tokenpool.model` and `tokenpool.reviewModel`. */
  readonly model: string;
  readonly reviewModel: string;
  /** What the gateway offers to the stored key; undefined: not known. */
  readonly offeredModels: readonly string[] | undefined;
  /** The last check of each endpoint, the chosen one first; empty: not checked yet. */
  readonly health: readonly HealthReport[];
  /** The credential files that lie in a Git work tree; undefined: there is no Git to ask. */
  readonly git: readonly GitFact[] | undefined;
  /** OpenCode's configuration in the folders that are open. */
  readonly projectFiles: readonly ProjectFile[];
}

/** What a snapshot is made of beside the files. */
export interface SnapshotSources extends Pick<
  Snapshot,
  "apiKey" | "baseUrl" | "model" | "reviewModel" | "offeredModels" | "health" | "versions"
> {
  readonly environment: ClientEnvironment;
  readonly runGit: RunGit;
  /** Absolute paths of the folders that are open. */
  readonly folders: readonly string[];
}

/** Reads everything that rules look at. */
export async function takeSnapshot({
  environment,
  runGit,
  folders,
  ...known
}: SnapshotSources): Promise<Snapshot> {
  const chosen = known.baseUrl.valid ? known.baseUrl.baseUrl : "";
  const [codex, opencode, projectFiles] = await Promise.all([
    inspectCodex(environment, chosen),
    inspectOpencode(environment, chosen),
    readProjectFiles(environment.fs, folders),
  ]);
  const files = credentialFiles(codex, opencode, known.apiKey);
  const git = await inspectGit(runGit, environment.fs, files);
  return { ...known, codex, opencode, projectFiles, git };
}
