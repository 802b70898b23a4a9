import { classifyNetworkFailure } from "./networkFailure";
import { askPatiently } from "./patience";
import { PROBE_LIMITS } from "./probe";
import type { Route } from "../http/timedConnector";
import type { Sighting } from "../http/sighting";
import { type HttpAnswer, timedFetch } from "../http/timedRequest";
import { classifyPage } from "../../gateway/answers/pages";
import { mayBeForeign } from "./judgeAnswer";

/** How an endpoint answers to somebody without a key: enough to compare two of them, not to call one healthy. */
export interface Reachability {
  readonly baseUrl: string;
  /** Milliseconds from the first packet to the end of the answer; undefined when none came. */
  readonly totalMs?: number;
  /** A knowledge-base code when no API answered. */
  readonly code?: string;
}

/**
 * Measures an endpoint that the user has not chosen (yet): the key goes to the chosen one only, so this
 * asks without it. An API answers with JSON, be it only "401, no key".
 * @returns undefined when `signal` was aborted
 */
export async function measureReachability(
  baseUrl: string,
  signal: AbortSignal | undefined,
  route: Route = {},
): Promise<Reachability | undefined> {
  const request = {
    url: new URL(`${baseUrl}/v1/models`),
    headers: { accept: "application/json", "accept-encoding": "identity" },
    signal,
    route,
  };
  const outcome = await askPatiently((limits) => timedFetch({ ...request, limits }), PROBE_LIMITS);
  if (outcome.kind === "cancelled") return undefined;
  if (outcome.kind === "failure") {
    const { hostname } = new URL(baseUrl);
    const { error, clock, seen } = outcome;
    return { baseUrl, code: classifyNetworkFailure(error, clock.current, seen, hostname).code };
  }
  const contentType = outcome.answer.headers["content-type"] ?? "";
  if (!/\bjson\b/i.test(contentType))
    return { baseUrl, code: codeOfPage(baseUrl, outcome.answer, outcome.seen) };
  if (outcome.answer.status >= 500) return { baseUrl, code: "gateway/unavailable" };
  return { baseUrl, totalMs: outcome.clock.phases().totalMs };
}

/** An API sends none. */
function codeOfPage(baseUrl: string, { status, headers, body }: HttpAnswer, seen: Sighting): string {
  const url = new URL(baseUrl);
  const page = classifyPage({
    status,
    contentType: headers["content-type"] ?? "",
    headers,
    body: new TextDecoder().decode(body),
    host: url.hostname,
    mayBeForeign: mayBeForeign(url, seen),
  });
  return page?.code ?? (status >= 500 ? "gateway/unavailable" : "endpoint/html-response");
}
