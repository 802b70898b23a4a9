import type { TextRange } from "../changes/document/edits/textEdit";
import type { ChangePlan } from "../changes/plan";
import type { PreparedChange } from "../changes/prepare";
import type { ChangeStore, FilePlace, JournalEntry } from "../changes/store";
import type { FileSystem } from "../changes/disk/userFile";
import type { RawValue } from "../changes/document/readDocument";
import type { ConnectionProfile } from "../gateway/connectionProfile";
import type { ClientId } from "./clientId";
import type { Variables } from "./machine/joinVariables";
import type { ClientNetwork } from "./network/clientNetwork";

/** The machine as a client would see it. Read anew for every use: variables and files change under us. */
export interface ClientEnvironment {
  readonly fs: FileSystem;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  /** `tokenpool.codex.home`, `tokenpool.opencode.configDirectory`; empty or left out: resolve as the client itself does. */
  readonly configuredDirectory: Readonly<Partial<Record<ClientId, string>>>;
  /** Absolute paths of the open folders that no program may be started from. */
  readonly foreignFolders?: readonly string[];
  /**
   * Runs a shell script in WSL; undefined when nothing answers. Only there on Windows, and only when
   * Codex's extension was told to run Codex in WSL.
   */
  readonly askWsl?: (script: string) => Promise<string | undefined>;
}

/** What we know of one client on this machine, apart from its file contents. */
export interface ClientState {
  readonly client: ClientId;
  /** The files the client reads its connection from, whether they exist or not. */
  readonly files: readonly string[];
  /** Folders of its own; one with something in it tells that somebody uses the client, also without a program on the PATH. */
  readonly homes: readonly string[];
  /** The texts of the configuration files, as they were read. */
  readonly configTexts: readonly string[];
  /** Absolute paths of files that these name, and without which the client does not start. */
  readonly namedFiles: readonly string[];
  /** A directory the user named that does not exist: the client refuses to start. */
  readonly missingDirectory?: string;
  /** Why it is not found, where making it would not help; localised. */
  readonly missingReason?: string;
  /** The client's provider in use leads to TokenPool or to the address the user chose. */
  readonly usesTokenPool: boolean;
  /** For a client that has several providers side by side: those of other names than ours that lead to TokenPool too. */
  readonly otherProviders?: readonly OtherProvider[];
  /** CC Switch has another card in use, whose place TokenPool would take at its next switch. */
  readonly needsCcSwitchCard?: true;
  /** Address that the client would send requests to, where it is configured; may be anyone's. */
  readonly baseUrl?: string;
  /** The API key the client's own files hold for it. Never shown, logged or stored. */
  readonly apiKey?: string;
  /** Of `files` those that are not there. */
  readonly absentFiles: readonly string[];
  /** The variables that the client sees, where a file of its own changes them. */
  readonly variables?: Variables;
  /** What outranks the file that we write, for instance an administrator's. */
  readonly overriddenBy: readonly Override[];
  /** Every key in a file of the client's or of ours for it: such a file is watched, so that Git does not get it. */
  readonly heldKeys: readonly HeldKey[];
}

/** Made by hand, and as good as ours. */
export interface OtherProvider {
  readonly baseUrl: string;
  /** Never shown, logged or stored. */
  readonly apiKey?: string;
}

export interface HeldKey {
  /** The file. */
  readonly path: string;
  /** Never shown, logged or stored; left out where nobody but TokenPool writes the file. */
  readonly apiKey?: string;
  /** It is a key for TokenPool, whichever it is. */
  readonly isOurs: boolean;
  /** Where it goes. */
  readonly baseUrl?: string;
}

/** A key that a client sends to TokenPool, or to the address that the user chose. Never shown whole or logged. */
export interface SentKey {
  readonly apiKey: string;
  /** As the client has it; undefined: it was written for TokenPool, and nobody sends it. */
  readonly baseUrl?: string;
  /** The files that say so. */
  readonly places: readonly string[];
}

/** What a stronger layer sets of the keys we write. */
export interface Override {
  readonly path: string;
  /** Dotted names. */
  readonly keys: readonly string[];
}

/** A program that can be configured to use TokenPool; one folder each. Planning is pure: it only reads the state. */
export interface Client<State extends ClientState = ClientState> {
  readonly id: ClientId;
  /** Product name, not translated. */
  readonly name: string;
  /** Name of the program on the PATH. */
  readonly program: string;
  /** VS Code's extensions that bring the client with them. */
  readonly extensionIds: readonly string[];
  /** The key stands in a file of ours alone, so a new key is written there without asking. */
  readonly ownsKeyFile: boolean;
  /** How it gets to the gateway. */
  readonly network: ClientNetwork;
  /** Where a person learns how to install it. */
  readonly installUrl: string;
  /** How a person starts its program. */
  readonly terminal: ClientTerminal<State>;
  /** What the user must do so that a running program takes the new configuration up; localised. */
  nextStep(): string;
  inspect(environment: ClientEnvironment, chosenBaseUrl: string): Promise<State>;
  /** The keys in the user's own files and variables that go to TokenPool, whoever wrote them; none of a project's. */
  sentKeys(environment: ClientEnvironment, state: State, chosenBaseUrl: string): Promise<readonly SentKey[]>;
  /** What would make a correct configuration useless; fixed with it, and said in the preview. */
  obstacles(state: State): readonly Obstacle[];
  proposals(state: State): readonly Proposal[];
  planConfiguration(state: State, profile: ConnectionProfile, options: ConfigurationOptions): ChangePlan;
  /** Only the key, for a client that is already configured. */
  planKeyUpdate(state: State, apiKey: string): ChangePlan;
  planRemoval(state: State, originals: OriginalValues): ChangePlan;
  /**
   * Writes a file of ours that is gone and that the client does not start without; done after a start without a
   * question. Undefined: nothing is missing.
   */
  planRepair?(state: State, apiKey: string): ChangePlan | undefined;
  /**
   * Plans the way back of a change of the client's files. It leaves no half of a provider that would keep the
   * client from starting, and sends no token where it did not go before.
   * @param keepProvider leave the provider that the change brought
   */
  planUndo(store: ChangeStore, entry: JournalEntry, keepProvider?: boolean): Promise<ChangePlan>;
  /** Why one may want to keep the provider that this way back takes away; localised. Undefined: no reason. */
  reasonToKeepProvider(undo: PreparedChange): string | undefined;
  /**
   * Starts the client's own program and asks it to read its configuration, without leaving a trace: only for what
   * the user asked for, never in a folder that nobody trusts. Undefined: not known.
   */
  checkStart(environment: ClientEnvironment, state: State): Promise<StartCheck | undefined>;
}

/** How a client's program is installed and started by a person. */
export interface ClientTerminal<State extends ClientState = ClientState> {
  /** The command that installs it on this system. */
  installCommand(platform: NodeJS.Platform): string;
  /** Arguments with which it answers one question through TokenPool and ends. */
  answering(question: string, model: string): readonly string[];
  /**
   * What a person does instead, where the program of this machine would read other files than those that we configure;
   * localised.
   */
  startedElsewhere?(environment: ClientEnvironment): string | undefined;
  /** What leads it to the files that we configure, where a setting of ours names others than it finds by itself. */
  variables(environment: ClientEnvironment): Readonly<Record<string, string>>;
  /**
   * What it asks when it starts, if the answer that is nearest would change its configuration: two sentences, localised.
   * Undefined: nothing, or not known.
   */
  firstQuestion(environment: ClientEnvironment, state: State): Promise<string | undefined>;
}

/** What a client itself says of its configuration. */
export type StartCheck = { readonly starts: true } | StartFailure;

export interface StartFailure {
  readonly starts: false;
  /** The program's own words in one line, without the home directory's path; may quote the user's files. */
  readonly words: string;
  /** The file that they are about. */
  readonly path?: string;
  readonly range?: TextRange;
}

/** A setting of the user's that stands in the way; `fix` takes it out in the same change. */
export interface Obstacle {
  /** Code of the knowledge base. */
  readonly code: string;
  readonly path: string;
  readonly key: readonly string[];
  /** What the fix does and why, as a sentence for the preview; localised. */
  readonly fixing: string;
}

export type ProposalId = "replaceDefaultModel" | "moveDocumentedOverride";

/** A change beyond what configuring needs, made only when the user asks for it. Texts are localised. */
export interface Proposal {
  readonly id: ProposalId;
  /** What it does. */
  readonly label: string;
  /** Why one may want it. */
  readonly notice: string;
}

export interface ConfigurationOptions {
  /** The user agreed to change settings of theirs that would make the configuration useless. */
  readonly fix: boolean;
  /** Versions of the client's program on the PATH; empty when none was found. */
  readonly versions: readonly string[];
  /** Proposals of the client that the user accepted. */
  readonly accepted?: readonly ProposalId[];
}

/**
 * What stood at a key before we wrote it, if our value (`current`) still stands there:
 * the user's own spelling, or "absent"; undefined where the value is not ours. Without a current value: what
 * stood at a key that we took out.
 */
export type OriginalValues = (
  file: FilePlace,
  path: readonly string[],
  current: unknown,
) => RawValue | "absent" | undefined;
