import * as l10n from "@vscode/l10n";
import { formatSentence } from "../gateway/formats";
import { KNOWLEDGE } from "../doctor/problems/knowledge";
import type { Snapshot } from "../doctor/snapshot/snapshot";
import { hostOf } from "../doctor/snapshot/ourAddress";
import { describeUsage, describeUsedUp } from "../gateway/usage/usageText";
import type { FamilyReachability } from "../health/probe/addressFamilies";
import type { HealthReport, HealthState } from "../health/report";
import type { Reachability } from "../health/probe/reachability";
import { isWorking } from "../health/schedule";
import { namedPhases, sentenceOf } from "../health/texts";
import type { PanelAnswer, PanelEndpoint, PanelStatus } from "./panelModel";

const STATUSES: Readonly<Record<HealthState, PanelStatus>> = {
  ok: "ok",
  slow: "information",
  degraded: "warning",
  unauthorized: "error",
  noQuota: "error",
  rateLimited: "warning",
  notAnApi: "error",
  blocked: "error",
  gatewayError: "warning",
  unreachable: "error",
  offline: "information",
  noKey: "unknown",
};

/** What the last check found: the chosen endpoint even before its first check, the other one where it was asked. */
export function panelEndpoints({
  health,
  baseUrl,
  otherEndpoint,
  usage,
  usedUp,
  addressFamilies,
  answerSays,
}: Snapshot): PanelEndpoint[] {
  const [report] = health;
  const others = otherEndpoint ? [otherOf(otherEndpoint)] : [];
  if (report) {
    const quota = usage ? describeUsage(usage).join(" · ") : "";
    const families = addressFamilies.map(describeFamily).join(" · ");
    const isPage = report.code === "network/filtered" || report.code === "network/captive-portal";
    // Not put into the sentence: the page marks in which language it is.
    const sentence = isPage
      ? l10n.t("The page that answers is titled “{0}”.", "{0}")
      : l10n.t("The endpoint says: {0}", "{0}");
    const chosen = {
      ...chosenOf(report, usedUp),
      ...(answerSays && { answer: quoted(sentence, answerSays) }),
      ...(quota && { quota }),
      ...(families && { families }),
    };
    return [chosen, ...others];
  }
  if (!baseUrl.valid) return [];
  const sentence = l10n.t("Not checked yet.");
  return [
    { host: hostOf(baseUrl.baseUrl), chosen: true, status: "unknown", sentence, detail: "", phases: [] },
  ];
}

function quoted(sentence: string, words: string): PanelAnswer {
  const [before = "", after = ""] = sentence.split("{0}");
  return { before, words, language: languageOf(words), after };
}

/** By its script: gateways speak Chinese or English. */
function languageOf(words: string): string {
  if (/[\p{sc=Hira}\p{sc=Kana}]/u.test(words)) return "ja";
  if (/\p{sc=Hang}/u.test(words)) return "ko";
  return /\p{sc=Han}/u.test(words) ? "zh" : "en";
}

/** Asked without the key, so it can be called reachable at most. */
function otherOf({ baseUrl, totalMs, code }: Reachability): PanelEndpoint {
  const isReachable = totalMs !== undefined;
  const entry = code === undefined ? undefined : KNOWLEDGE[code];
  return {
    host: hostOf(baseUrl),
    chosen: false,
    status: isReachable ? "ok" : "information",
    sentence: isReachable
      ? l10n.t("Answers in {0} ms. It was asked without your key.", totalMs)
      : (entry?.title() ?? l10n.t("The check failed.")),
    detail: "",
    phases: [],
  };
}

/** Without an address of a family there is nothing wrong with it. */
function describeFamily({ family, totalMs, code }: FamilyReachability): string {
  if (totalMs !== undefined) return l10n.t("IPv{0}: {1} ms", family, totalMs);
  if (code === "network/dns") return l10n.t("IPv{0}: no address", family);
  return l10n.t("IPv{0}: does not answer", family);
}

function chosenOf(report: HealthReport, usedUp: Snapshot["usedUp"]): PanelEndpoint {
  const { endpoint, state, checkedAt, phases } = report;
  const wasAsked = state !== "noKey";
  return {
    host: hostOf(endpoint),
    chosen: true,
    status: STATUSES[state],
    sentence: sentenceFor(report, usedUp),
    detail: detailOf(report),
    phases: namedPhases(phases),
    ...(wasAsked && { checkedAt, totalMs: phases.totalMs }),
  };
}

/** The code knows the cause where the state only knows the kind; what works has no cause. */
function sentenceFor(report: HealthReport, usedUp: Snapshot["usedUp"]): string {
  const entry = report.code === undefined || isWorking(report) ? undefined : KNOWLEDGE[report.code];
  return entry
    ? `${formatSentence(entry.title())} ${usedUp ? describeUsedUp(usedUp) : entry.cause()}`
    : sentenceOf(report);
}

function detailOf({ httpStatus, via }: HealthReport): string {
  const status = httpStatus === undefined ? [] : [`HTTP ${httpStatus}`];
  const route = {
    direct: [],
    proxy: [l10n.t("through a proxy")],
    editor: [l10n.t("through VS Code's network")],
  };
  return [...status, ...route[via]].join(" · ");
}
