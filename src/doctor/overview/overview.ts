import * as l10n from "@vscode/l10n";
import { formatList, formatSentence } from "../../gateway/formats";
import type { UsedUpLimit } from "../../gateway/usage/usedUpLimit";
import type { HealthReport } from "../../health/report";
import { isWorking } from "../../health/schedule";
import { describeHealth, textsOf } from "../../health/texts";
import { isCounted, type NextStep, nextStep, type OverviewKind } from "./nextStep";
import type { Noted, NotedProblem } from "./noted";

/** All that decides what is said of this machine in one line. */
export interface OverviewFacts {
  /** Of the last check; undefined: none yet. */
  readonly report: HealthReport | undefined;
  readonly usedUp?: UsedUpLimit | undefined;
  /** The other endpoint's address, where that one answers and the chosen one does not. */
  readonly switchTo?: string | undefined;
  /** Of the last look at the clients' files; undefined: nothing was looked at. */
  readonly noted: Noted | undefined;
  /** Why the key cannot be read; undefined: it can, or there is none. */
  readonly keychainError?: string | undefined;
  /** Name of the remote machine; undefined: this one, or its name says nothing. */
  readonly host?: string | undefined;
}

/** What bar, hover, menu and panel begin with: made here once, so that they cannot disagree. */
export interface Overview {
  readonly kind: OverviewKind;
  /** Codicon. */
  readonly icon: string;
  /** Behind "TokenPool" in the status bar; empty where there is nothing to say. */
  readonly label: string;
  /** What is the matter, for people; one sentence or a few. */
  readonly sentence: string;
  /** Errors and warnings. */
  readonly count: number;
  /** Somebody cannot work and must act. */
  readonly blocks: boolean;
  readonly next: NextStep | undefined;
}

/** States in which the user cannot work and must act; what passes by itself gets no colour. */
const BLOCKING: readonly HealthReport["state"][] = ["unauthorized", "noQuota", "notAnApi"];
const PASSING = /^(?:network|gateway)\//;

export function overviewOf(facts: OverviewFacts): Overview {
  const { report, noted } = facts;
  const counted = noted?.problems.filter(isCounted) ?? [];
  const stops = counted.some(({ code, severity }) => severity === "error" && !PASSING.test(code));
  const about = wordsOf(facts, counted);
  return {
    ...about,
    count: counted.length,
    blocks: about.kind !== "noKey" && (stops || (report !== undefined && BLOCKING.includes(report.state))),
    next: nextStep(about.kind, facts, counted),
  };
}

function wordsOf(
  facts: OverviewFacts,
  counted: readonly NotedProblem[],
): Pick<Overview, "kind" | "icon" | "label" | "sentence"> {
  const { report, noted, usedUp, keychainError } = facts;
  if (keychainError !== undefined)
    return { kind: "keychain", icon: "key", label: l10n.t("Keychain Error"), sentence: keychainError };
  const checked = report && { ...textsOf(report), sentence: describeHealth(report, usedUp) };
  if (checked && report.state === "noKey") {
    const finer = noted?.hasOtherKeys ? noneInUse() : takeOver(noted);
    return { kind: "noKey", ...checked, ...finer };
  }
  if (checked && !isWorking(report)) return { kind: "endpoint", ...checked };
  if (counted.length > 0) {
    const label = countLabel(counted.length);
    return { kind: "problems", icon: "warning", label, sentence: problemsSentence(counted) };
  }
  // Nothing is known of the key before the first check.
  if (checked && noted && noted.clients.every(({ use }) => use === "none"))
    return { kind: "notSetUp", icon: "rocket", label: notSetUpLabel(facts.host), sentence: notSetUp() };
  if (!checked) return { kind: "unchecked", icon: "pulse", label: "", sentence: l10n.t("Not checked yet.") };
  return { kind: report.state === "ok" ? "works" : "limited", ...checked };
}

/** Of several keys the one in use was removed, and which one comes next only the user decides. */
function noneInUse(): Pick<Overview, "label" | "sentence"> {
  return {
    label: l10n.t("Choose a Key"),
    sentence: l10n.t("No API key is in use. Others are stored: choose one of them."),
  };
}

/** Somebody has set TokenPool up by hand: "not set up" would be wrong. */
function takeOver(noted: Noted | undefined): Partial<Pick<Overview, "label" | "sentence">> {
  const names = noted?.clients.filter(({ use }) => use === "works").map(({ name }) => name) ?? [];
  if (names.length === 0) return {};
  const uses =
    names.length === 1
      ? l10n.t("{0} uses TokenPool; one click takes its key over.", names[0] ?? "")
      : l10n.t("{0} use TokenPool; one click takes their key over.", formatList(names));
  return { label: l10n.t("Take Over"), sentence: uses };
}

function notSetUp(): string {
  return l10n.t("The key is stored, but neither Codex nor OpenCode uses TokenPool on this machine yet.");
}

function notSetUpLabel(host: string | undefined): string {
  return host === undefined ? l10n.t("Not Set Up") : l10n.t("Not Set Up on {0}", host);
}

function countLabel(count: number): string {
  return count === 1 ? l10n.t("1 Problem") : l10n.t("{0} Problems", count);
}

/** As the panel heads them too. */
export function countSentence(count: number): string {
  return count === 1 ? l10n.t("1 problem found") : l10n.t("{0} problems found", count);
}

/** The one problem in words; of several their number, for the panel has room to tell them. */
function problemsSentence(counted: readonly NotedProblem[]): string {
  const [first] = counted;
  const words = countSentence(counted.length);
  return formatSentence(counted.length === 1 && first ? `${words}: ${first.title}` : words);
}
