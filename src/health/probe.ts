import { checkBaseUrl } from "../gateway/endpoints";
import { classifyErrorBody, isJson } from "../gateway/errorBodies";
import { parseModelList } from "../gateway/modelList";
import type { HealthReport, HealthState } from "./healthReport";
import { classifyNetworkFailure } from "./networkFailure";
import { parseRetryAfter } from "./retryAfter";
import type { Route } from "./timedConnector";
import { type HttpAnswer, type RequestLimits, timedGet } from "./timedRequest";

export interface ProbeLimits extends RequestLimits {
  /** A longer wait for the first byte is slow whatever came before, in milliseconds. */
  readonly slowMs: number;
}

export const PROBE_LIMITS: ProbeLimits = {
  connectMs: 5_000,
  headersMs: 8_000,
  totalMs: 10_000,
  bodyBytes: 256 * 1024,
  slowMs: 6_000,
};

export interface ProbeOptions {
  /** Base URL without `/v1`. An address that may not get the key is reported without being asked. */
  readonly endpoint: string;
  /** Empty: reported as `noKey` without being asked. */
  readonly apiKey: string;
  /** Models that the endpoint must offer to count as ok. */
  readonly model?: string;
  readonly reviewModel?: string;
  /** Gets the models the endpoint offers to the key; undefined when it gave no list. */
  readonly onModels?: (offered: readonly string[] | undefined) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ProbeLimits>;
  /** Proxy (see proxySettings.ts) and certificate authorities; without it: directly, with those of Node. */
  readonly route?: Route;
}

interface Verdict {
  readonly state: HealthState;
  readonly code?: string;
}

/**
 * Asks `GET {endpoint}/v1/models` with the key: free of charge, and `ok` only when this endpoint
 * accepts this key and offers these models from this machine now.
 *
 * @returns undefined when `signal` was aborted; never rejects, and no report holds the key
 */
export async function probe(options: ProbeOptions): Promise<HealthReport | undefined> {
  const started = Date.now();
  const address = checkBaseUrl(options.endpoint);
  const report = (verdict: Verdict, details: Partial<HealthReport> = {}): HealthReport => ({
    ...verdict,
    endpoint: address.valid ? address.baseUrl : originOf(options.endpoint),
    checkedAt: new Date(started).toISOString(),
    via: options.route?.proxy ? "proxy" : "direct",
    phases: { totalMs: 0 },
    ...details,
  });

  if (options.apiKey === "") return report({ state: "noKey", code: "key/missing" });
  // A header cannot carry it, so no gateway can have issued it.
  if (!/^[\x21-\x7e]+$/.test(options.apiKey)) return report({ state: "unauthorized", code: "key/malformed" });
  if (!address.valid) return report({ state: "notAnApi", code: address.code });

  const limits = { ...PROBE_LIMITS, ...options.limits };
  const outcome = await timedGet({
    url: new URL(`${address.baseUrl}/v1/models`),
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      accept: "application/json",
      // A compressed body could grow without limit when it is unpacked.
      "accept-encoding": "identity",
    },
    limits,
    signal: options.signal,
    route: options.route,
  });
  if (outcome.kind === "cancelled") return undefined;
  const phases = outcome.clock.phases();
  if (outcome.kind === "failure") {
    return report(classifyNetworkFailure(outcome.error, outcome.clock.current), { phases });
  }
  const { answer } = outcome;
  const retryAfterMs = parseRetryAfter(first(answer.headers["retry-after"]), Date.now());
  const isSlow = (phases.waitMs ?? 0) > limits.slowMs;
  const offered = modelsIn(answer);
  options.onModels?.(offered);
  return report(judge(answer, offered, [options.model, options.reviewModel], isSlow), {
    phases,
    httpStatus: answer.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function judge(
  answer: HttpAnswer,
  offered: readonly string[] | undefined,
  models: readonly (string | undefined)[],
  isSlow: boolean,
): Verdict {
  if (!offered) return judgeOther(answer);
  if (models.some((model) => model !== undefined && !offered.includes(model))) {
    return { state: "degraded", code: "account/model-unavailable" };
  }
  return isSlow ? { state: "slow", code: "network/slow" } : { state: "ok" };
}

function modelsIn({ status, headers, body, oversized }: HttpAnswer): string[] | undefined {
  if (status !== 200 || oversized || !isJson(first(headers["content-type"]) ?? "")) return undefined;
  try {
    return parseModelList(JSON.parse(decode(body)));
  } catch {
    return undefined;
  }
}

function judgeOther({ status, headers, body, oversized }: HttpAnswer): Verdict {
  const isReadable = !oversized && /^(?:identity)?$/i.test(first(headers["content-encoding"]) ?? "");
  if (status === 200 && !isReadable) return { state: "notAnApi", code: "endpoint/unexpected-response" };
  return classifyErrorBody({
    status,
    contentType: first(headers["content-type"]) ?? "",
    headers,
    body: decode(body),
  });
}

function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** What of a refused address may be shown: it can hold a password, or be a key in the wrong box. */
function originOf(address: string): string {
  const origin = URL.canParse(address) ? new URL(address).origin : "null";
  return origin === "null" ? "" : origin;
}
