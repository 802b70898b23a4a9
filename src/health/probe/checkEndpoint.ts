import { lacksVersion, type ResponsesRoute } from "../../gateway/responsesRoute";
import { type UsedUpLimit, usedUpLimit } from "../../gateway/usage/usedUpLimit";
import type { Usage } from "../../gateway/usage/usage";
import type { HttpAnswer, TimedRequest } from "../http/timedRequest";
import { isWorking } from "../schedule";
import type { HealthReport, HealthState, Verdict } from "../report";
import type { Journey, WayResult } from "./askWays";
import { askRefusedToken, findResponsesRoute, lacksAccounts } from "./askedChecks";
import { probe, PROBE_LIMITS, type ProbeOptions } from "./probe";
import { readUsage } from "./usageRequest";

/** What a check found beside the report; each part absent where it is not known. */
export interface EndpointFindings {
  /** What the endpoint offers to the key. */
  readonly models?: readonly string[];
  /** What is left for the key, where the gateway tells. */
  readonly usage?: Usage;
  /** The limit that comes back by itself, where one is used up. */
  readonly usedUp?: UsedUpLimit;
  /** Where the gateway has the Responses API. */
  readonly route?: ResponsesRoute;
  /** One line of what a refusal says in its own words; a stranger's text, without any key. */
  readonly answerSays?: string;
  /** How the clients fare on their ways. */
  readonly ways?: readonly WayResult[];
  /** Whether VS Code's own way leads there; absent where it is that of the clients, or nobody asked. */
  readonly editorWorks?: boolean;
}

export interface EndpointResult {
  readonly report: HealthReport;
  readonly findings: EndpointFindings;
}

export interface CheckOptions extends Omit<
  ProbeOptions,
  "onModels" | "onAnswerSays" | "onRefusal" | "onJourney" | "asksEditor"
> {
  /** Set for a check that a person asked for, which asks more: the version of the installed Codex. */
  readonly asked?: { readonly clientVersion: string };
  /** Where the gateway has the Responses API, as far as it is known for this address and key. */
  readonly route?: ResponsesRoute | undefined;
  /** Codex's `base_url`; asked for only where it makes a difference. */
  readonly codexAddress?: () => Promise<string | undefined>;
}

/**
 * Asks the gateway what the next request will meet, all of it free of charge: the models, then what is
 * left for the key. In this order, because the first request of a day is what resets the amounts of a
 * subscription. A person's check also asks whether anybody can serve a request, where the Responses API
 * is, and why a key is refused. One limit of time holds for all; what has not answered by then does not
 * count.
 *
 * @returns undefined when `signal` was aborted; never rejects
 */
export async function checkEndpoint(options: CheckOptions): Promise<EndpointResult | undefined> {
  const started = performance.now();
  const { asked, signal } = options;
  let models: readonly string[] | undefined;
  let answerSays: string | undefined;
  let refusal: HttpAnswer | undefined;
  let journey: Journey | undefined;
  const report = await probe({
    ...options,
    onModels: (offered) => (models = offered),
    onAnswerSays: (excerpt) => (answerSays = excerpt),
    onRefusal: (answer) => (refusal = answer),
    onJourney: (made) => (journey = made),
    asksEditor: asked !== undefined,
  });
  if (!report) return undefined;
  const limits = { ...PROBE_LIMITS, ...options.limits };
  const { totalMs, waitMs = 0, bodyMs = 0 } = report.phases;
  const answersUntil = started + totalMs - waitMs - bodyMs + limits.answerMs;
  const next = (path: string): TimedRequest => ({
    url: new URL(report.endpoint + path),
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      accept: "application/json",
      "accept-encoding": "identity",
    },
    limits,
    signal: whileLeft(answersUntil - performance.now(), signal),
    route: journey?.way.route,
  });

  const isOpen = asked !== undefined && isUndecided(report);
  const [usage, isDeserted, found] = await Promise.all([
    knowsKey(report) ? readUsage(next("/v1/usage")) : undefined,
    isOpen && lacksAccounts(next, asked.clientVersion),
    isOpen && !options.route ? findResponsesRoute(next) : undefined,
  ]);
  const route = found ?? options.route;
  const isRefusedByNewApi =
    report.code === "account/key-invalid" && refusal?.headers["x-oneapi-request-id"] !== undefined;
  const refusedFor = asked && isRefusedByNewApi ? await askRefusedToken(next) : undefined;
  const problem =
    (usage?.code && { state: stateOf(usage.code), code: usage.code }) ??
    (isUndecided(report) ? await routeProblem(route, report, options.codexAddress) : undefined) ??
    (isDeserted ? ({ state: "gatewayError", code: "gateway/unavailable" } as const) : undefined);
  if (signal?.aborted) return undefined;

  const judged: HealthReport = {
    ...report,
    ...(refusedFor && { code: refusedFor }),
    ...(isUndecided(report) && problem),
  };
  const body = refusal && new TextDecoder().decode(refusal.body);
  const usedUp = judged.code === "account/no-quota" ? usedUpLimit(usage, body) : undefined;
  const findings = {
    ...(models && { models }),
    ...(usage && { usage: judged.state === "noQuota" ? withoutLeftover(usage) : usage }),
    ...(usedUp && { usedUp }),
    ...(route && { route }),
    ...(answerSays && { answerSays }),
    ...(journey && { ways: journey.results }),
    ...(journey?.editorWorks !== undefined && { editorWorks: journey.editorWorks }),
  };
  return { report: judged, findings };
}

/** What has not answered by then does not count. */
function whileLeft(ms: number, signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(Math.max(0, Math.round(ms)));
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** No further question helps where the key or the way is the trouble; a missing model is the least of all. */
function isUndecided(report: HealthReport): boolean {
  if (!isWorking(report)) return false;
  return report.state !== "degraded" || report.code === "account/model-unavailable";
}

/** What the clients lack, though the list of models is there. */
async function routeProblem(
  route: ResponsesRoute | undefined,
  { endpoint }: HealthReport,
  codexAddress: () => Promise<string | undefined> = () => Promise.resolve(undefined),
): Promise<Verdict | undefined> {
  if (route === "none") return { state: "notAnApi", code: "endpoint/no-responses-api" };
  const address = route === "v1" ? await codexAddress() : undefined;
  return address && lacksVersion(address, endpoint)
    ? { state: "notAnApi", code: "endpoint/missing-v1" }
    : undefined;
}

function stateOf(code: NonNullable<Usage["code"]>): HealthState {
  return code === "account/key-expired" ? "unauthorized" : "noQuota";
}

/** The gateway knows the key, so it may tell what is left for it. */
function knowsKey(report: HealthReport): boolean {
  return isWorking(report) || report.state === "noQuota";
}

/** A key's own quota hides the wallet and the subscription behind it, and then it is not what is left. */
function withoutLeftover(usage: Usage): Usage {
  if (usage.code !== undefined) return usage;
  const { unit, expiresAt } = usage;
  return { unit, windows: [], ...(expiresAt && { expiresAt }) };
}
