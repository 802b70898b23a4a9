import { checkBaseUrl } from "../../gateway/endpoints";
import type { HealthReport, Verdict } from "../report";
import { judgeAnswer } from "./judgeAnswer";
import { type Network, oneWay } from "../http/network";
import type { NetworkVerdict } from "./networkFailure";
import { beforeFirstByteMs } from "./patience";
import { parseRetryAfter } from "../http/retryAfter";
import { askWays, type Journey } from "./askWays";
import type { HttpAnswer, RequestLimits, TimedRequest } from "../http/timedRequest";

export interface ProbeLimits extends RequestLimits {
  /** A first byte that comes later is slow whatever came before, in milliseconds. */
  readonly slowMs: number;
}

export const PROBE_LIMITS: ProbeLimits = {
  connectMs: 9_000,
  phaseMs: { dns: 6_000, proxyConnect: 4_500, proxyTunnel: 6_000, connect: 4_500, tls: 6_000 },
  headersMs: 8_000,
  answerMs: 10_000,
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
  /** Gets one line of what a refusal says. It holds no key, but a stranger's words. */
  readonly onAnswerSays?: (excerpt: string) => void;
  /** Gets an answer that is no list of models: its body is a stranger's text, which may repeat the key. */
  readonly onRefusal?: (answer: HttpAnswer) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ProbeLimits>;
  /** Without it: directly, with Node's certificate authorities. */
  readonly network?: Network;
  /** Ask VS Code's own way too, where it is another than the clients'. */
  readonly asksEditor?: boolean;
  /** Gets what each way showed of itself. */
  readonly onJourney?: (journey: Journey) => void;
}

/**
 * Asks `GET {endpoint}/v1/models` with the key: free of charge, and `ok` only when this endpoint
 * accepts this key and offers these models from this machine now, to the clients too.
 *
 * @returns undefined when `signal` was aborted; never rejects, and no report holds the key
 */
export async function probe(options: ProbeOptions): Promise<HealthReport | undefined> {
  const started = Date.now();
  const { apiKey, network = oneWay({}) } = options;
  const address = checkBaseUrl(options.endpoint);
  const report = (verdict: Verdict, details: Partial<HealthReport> = {}): HealthReport => ({
    ...verdict,
    endpoint: address.valid ? address.baseUrl : originOf(options.endpoint),
    checkedAt: new Date(started).toISOString(),
    via: network.ways[0].route.proxy ? "proxy" : "direct",
    phases: { totalMs: 0 },
    ...details,
  });

  if (apiKey === "") return report({ state: "noKey", code: "key/missing" });
  // A header cannot carry it, so no gateway can have issued it.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) return report({ state: "unauthorized", code: "key/malformed" });
  if (!address.valid) return report({ state: "notAnApi", code: address.code });

  const limits = { ...PROBE_LIMITS, ...options.limits };
  const request: TimedRequest = {
    url: new URL(`${address.baseUrl}/v1/models`),
    headers: {
      authorization: `Bearer ${apiKey}`,
      accept: "application/json",
      // A compressed body could grow without limit when it is unpacked.
      "accept-encoding": "identity",
    },
    limits,
    signal: options.signal,
  };
  const journey = await askWays(request, network, options.asksEditor ?? false);
  if (!journey) return undefined;
  options.onJourney?.(journey);
  const { exchange, way } = journey;
  const { phases } = exchange;
  const via = way.route.proxy ? "proxy" : "direct";
  if (exchange.kind === "failure")
    return report(failureOf(exchange.failure, journey), { phases, via, ...failing(journey) });

  const { answer, seen } = exchange;
  const { verdict, offered, excerpt } = judgeAnswer(
    answer,
    [options.model, options.reviewModel],
    apiKey,
    request.url,
    seen,
  );
  options.onModels?.(offered);
  if (excerpt) options.onAnswerSays?.(excerpt);
  const retryAfterMs = parseRetryAfter(answer.headers["retry-after"], Date.now());
  const details: Partial<HealthReport> = {
    phases,
    via,
    httpStatus: answer.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  if (!offered) {
    options.onRefusal?.(answer);
    return report(verdict, details);
  }
  const failed = journey.results.find(({ code }) => code !== undefined);
  if (failed?.code !== undefined) {
    const isDifference = journey.results.some(({ code }) => code === undefined);
    const code = isDifference && isBare(failed.code) ? "network/proxy-mismatch" : failed.code;
    return report(
      { state: isDifference ? "degraded" : "unreachable", code },
      { ...details, ...failing(journey) },
    );
  }
  const isSlow = verdict.state === "ok" && beforeFirstByteMs(phases) > limits.slowMs;
  return report(isSlow ? { state: "slow", code: "network/slow" } : verdict, details);
}

/** Who fails, where there is more than one way. */
function failing({ results }: Journey): Pick<HealthReport, "failing"> {
  const failed = results.filter(({ code }) => code !== undefined).flatMap(({ clients }) => clients);
  return results.length > 1 && failed.length > 0 ? { failing: failed } : {};
}

/** No way of the clients leads there, but VS Code's does: its proxy is what they lack. */
function failureOf(failure: NetworkVerdict, { editorWorks }: Journey): NetworkVerdict {
  return editorWorks && isBare(failure.code) ? { ...failure, code: "network/proxy-mismatch" } : failure;
}

/** Says only that there is no connection: with one on another way, the proxy is the difference. */
function isBare(code: string): boolean {
  return ["network/dns", "network/unreachable", "network/proxy-unreachable"].includes(code);
}

/** What of a refused address may be shown: it can hold a password, or be a key in the wrong box. */
function originOf(address: string): string {
  const origin = URL.canParse(address) ? new URL(address).origin : "null";
  return origin === "null" ? "" : origin;
}
