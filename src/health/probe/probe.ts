import { checkBaseUrl } from "../../gateway/endpoints";
import type { HealthReport, Verdict } from "../report";
import { judgeAnswer } from "./judgeAnswer";
import type { Network } from "../http/network";
import { parseRetryAfter } from "../http/retryAfter";
import { askWithSecondOpinion } from "./secondOpinion";
import { canConnect, type HttpAnswer, type RequestLimits, type TimedRequest } from "../http/timedRequest";

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
  /** Gets one line of an answer nobody knows. It holds no key, but a stranger's words. */
  readonly onUnknownAnswer?: (excerpt: string) => void;
  /** Gets an answer that is no list of models: its body is a stranger's text, which may repeat the key. */
  readonly onRefusal?: (answer: HttpAnswer) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ProbeLimits>;
  /** Without it: directly, with Node's certificate authorities. */
  readonly network?: Network;
}

/**
 * Asks `GET {endpoint}/v1/models` with the key: free of charge, and `ok` only when this endpoint
 * accepts this key and offers these models from this machine now, to the clients too.
 *
 * @returns undefined when `signal` was aborted; never rejects, and no report holds the key
 */
export async function probe(options: ProbeOptions): Promise<HealthReport | undefined> {
  const started = Date.now();
  const { apiKey, network = { route: {} } } = options;
  const address = checkBaseUrl(options.endpoint);
  const report = (verdict: Verdict, details: Partial<HealthReport> = {}): HealthReport => ({
    ...verdict,
    endpoint: address.valid ? address.baseUrl : originOf(options.endpoint),
    checkedAt: new Date(started).toISOString(),
    via: network.route.proxy ? "proxy" : "direct",
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
    route: network.route,
  };
  const [exchange, clientsConnect] = await Promise.all([
    askWithSecondOpinion(request, network.editorFetch),
    network.clientRoute ? canConnect({ ...request, headers: {}, route: network.clientRoute }) : true,
  ]);
  if (exchange.kind === "cancelled") return undefined;
  const { phases } = exchange;
  if (exchange.kind === "failure") return report(exchange.failure, { phases });

  const { answer, onlyEditor, seen } = exchange;
  const { verdict, offered, excerpt } = judgeAnswer(
    answer,
    [options.model, options.reviewModel],
    apiKey,
    request.url,
    seen,
  );
  options.onModels?.(offered);
  if (excerpt) options.onUnknownAnswer?.(excerpt);
  const retryAfterMs = parseRetryAfter(answer.headers["retry-after"], Date.now());
  const details: Partial<HealthReport> = {
    ...(onlyEditor && { via: "editor" }),
    phases,
    httpStatus: answer.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  if (!offered) {
    options.onRefusal?.(answer);
    return report(verdict, details);
  }
  if (onlyEditor || !clientsConnect) return report(differenceFrom(onlyEditor), details);
  const isSlow = verdict.state === "ok" && (phases.waitMs ?? 0) > limits.slowMs;
  return report(isSlow ? { state: "slow", code: "network/slow" } : verdict, details);
}

/** VS Code gets through where the clients will not: it trusts other certificates, or uses another proxy. */
function differenceFrom(ownFailure: Verdict | undefined): Verdict {
  const isTrust = ownFailure?.code === "network/untrusted-certificate";
  return { state: "degraded", code: isTrust ? "network/untrusted-certificate" : "network/proxy-mismatch" };
}

/** What of a refused address may be shown: it can hold a password, or be a key in the wrong box. */
function originOf(address: string): string {
  const origin = URL.canParse(address) ? new URL(address).origin : "null";
  return origin === "null" ? "" : origin;
}
