import { type UsedUpLimit, usedUpLimit } from "../../gateway/usedUpLimit";
import type { Usage } from "../../gateway/usage";
import type { TimedRequest } from "../http/timedRequest";
import { isWorking } from "../schedule";
import type { HealthReport } from "../report";
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
  /** One line of an answer that only its status explains; a stranger's text, without any key. */
  readonly unknownAnswer?: string;
}

export interface EndpointResult {
  readonly report: HealthReport;
  readonly findings: EndpointFindings;
}

type CheckOptions = Omit<ProbeOptions, "onModels" | "onUnknownAnswer" | "onRefusal">;

/**
 * Asks the gateway what the next request will meet, all of it free of charge: the models, then what is
 * left for the key. In this order, because the first request of a day is what resets the amounts of a
 * subscription. One limit of time holds for all; what has not answered by then does not count.
 *
 * @returns undefined when `signal` was aborted; never rejects
 */
export async function checkEndpoint(options: CheckOptions): Promise<EndpointResult | undefined> {
  const started = performance.now();
  let models: readonly string[] | undefined;
  let unknownAnswer: string | undefined;
  let refusal: string | undefined;
  const report = await probe({
    ...options,
    onModels: (offered) => (models = offered),
    onUnknownAnswer: (excerpt) => (unknownAnswer = excerpt),
    onRefusal: (body) => (refusal = body),
  });
  if (!report) return undefined;
  const limits = { ...PROBE_LIMITS, ...options.limits };
  const next = (path: string): TimedRequest => ({
    url: new URL(report.endpoint + path),
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      accept: "application/json",
      "accept-encoding": "identity",
    },
    limits: { ...limits, totalMs: Math.max(0, Math.round(limits.totalMs - (performance.now() - started))) },
    signal: options.signal,
    route: options.network?.route,
  });

  const usage = knowsKey(report) ? await readUsage(next("/v1/usage")) : undefined;
  if (options.signal?.aborted) return undefined;
  const judged = withUsage(report, usage);
  const usedUp = judged.code === "account/no-quota" ? usedUpLimit(usage, refusal) : undefined;
  const findings = {
    ...(models && { models }),
    ...(usage && { usage: judged.state === "noQuota" ? withoutLeftover(usage) : usage }),
    ...(usedUp && { usedUp }),
    ...(unknownAnswer && { unknownAnswer }),
  };
  return { report: judged, findings };
}

/** The gateway knows the key, so it may tell what is left for it. */
function knowsKey(report: HealthReport): boolean {
  return report.via !== "editor" && (isWorking(report) || report.state === "noQuota");
}

/** Nothing left outweighs a missing model: no model would answer. */
function withUsage(report: HealthReport, usage: Usage | undefined): HealthReport {
  const isOpen =
    isWorking(report) && (report.state !== "degraded" || report.code === "account/model-unavailable");
  if (!isOpen || usage?.code === undefined) return report;
  return {
    ...report,
    state: usage.code === "account/key-expired" ? "unauthorized" : "noQuota",
    code: usage.code,
  };
}

/** A key's own quota hides the wallet and the subscription behind it, and then it is not what is left. */
function withoutLeftover(usage: Usage): Usage {
  if (usage.code !== undefined) return usage;
  const { unit, expiresAt } = usage;
  return { unit, windows: [], ...(expiresAt && { expiresAt }) };
}
