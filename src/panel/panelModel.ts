import type { ClientId } from "../clients/clientId";
import type { Action } from "../doctor/action";
import type { Severity } from "../doctor/finding";
import type { SetUpPart } from "../doctor/overview/partOf";
import type { NamedPhase } from "../health/texts";

/** All that the troubleshooting panel shows: plain JSON, every text localised, never a key or a part of one. */
export interface PanelModel {
  readonly summary: PanelSummary;
  readonly keyStored: boolean;
  /** Not all is known yet: a check of the endpoint is running, or programs are being asked. */
  readonly checking: boolean;
  /** Key, endpoint, clients: each with what is wrong with it. */
  readonly parts: readonly PanelPart[];
  /** What was looked at: without it, "nothing found" says nothing. */
  readonly checked: readonly string[];
  /** Each of them, whether it was made here or not. */
  readonly mistakes: readonly PanelMistake[];
  /** The chosen endpoint first. */
  readonly endpoints: readonly PanelEndpoint[];
  readonly clients: readonly PanelClient[];
}

export interface PanelPart {
  readonly id: SetUpPart;
  readonly name: string;
  /** As bad as the worst of its problems. */
  readonly status: PanelStatus;
  /** One sentence on how it is. */
  readonly text: string;
  /** The worst first. */
  readonly problems: readonly PanelProblem[];
}

/** How good or bad something is; the words for it are in PanelStrings. */
export type PanelStatus = Severity | "ok" | "unknown";

export interface PanelSummary {
  readonly status: PanelStatus;
  readonly text: string;
}

export interface PanelMistake {
  readonly id: string;
  readonly title: string;
  readonly status: "ok" | "found" | "unchecked";
  /** Ids of the problems that are this mistake. */
  readonly problems: readonly string[];
}

export interface PanelProblem {
  /** What the page sends back for a fix. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly cause: string;
  /** What to do, where no fix does it. */
  readonly advice?: string;
  /** What the fix will do, a sentence for each change. */
  readonly fixing?: readonly string[];
  readonly evidence?: string;
  readonly file?: PanelFile;
  /** A change of files fixes it. */
  readonly fixable: boolean;
  /** Fix All fixes it too. */
  readonly partOfAll: boolean;
  /** What helps where it is not fixable. */
  readonly action?: PanelAction;
}

export interface PanelFile {
  /** What the page sends back to have the file opened; the host alone knows the path. */
  readonly id: string;
  /** Path with `~` for the home directory, and the line where one is known. */
  readonly label: string;
  readonly exists: boolean;
}

export interface PanelAction {
  readonly action: Action;
  readonly label: string;
}

/** What the endpoint says in its own words, between ours. */
export interface PanelAnswer {
  readonly before: string;
  /** A stranger's plain text. */
  readonly words: string;
  /** BCP 47, of the words. */
  readonly language: string;
  readonly after: string;
}

export interface PanelEndpoint {
  readonly host: string;
  readonly chosen: boolean;
  readonly status: PanelStatus;
  readonly sentence: string;
  /** Such as "HTTP 402, through a proxy". */
  readonly detail: string;
  readonly answer?: PanelAnswer;
  /** What is left for the key; absent: the gateway does not tell. */
  readonly quota?: string;
  /** How it answers by IPv4 and IPv6; absent: not asked. */
  readonly families?: string;
  /** ISO 8601; absent: not checked yet. */
  readonly checkedAt?: string;
  readonly phases: readonly NamedPhase[];
  readonly totalMs?: number;
}

export interface PanelClient {
  readonly id: ClientId;
  readonly name: string;
  readonly status: PanelStatus;
  /** Whether it uses TokenPool, and whom else. */
  readonly use: string;
  readonly version: string;
  readonly files: readonly PanelFile[];
  /** What outranks what, the strongest first and the file that we write last; empty where nothing does. */
  readonly chain: readonly string[];
  readonly action?: PanelAction;
}
