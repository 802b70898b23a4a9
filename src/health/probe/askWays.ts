import { editorAnswers } from "../http/editorRequest";
import type { Network, Way } from "../http/network";
import type { Sighting } from "../http/sighting";
import { satisfiesStrictResolver } from "../http/strictResolver";
import { proxyUrl } from "../http/timedConnector";
import { type HttpAnswer, type Outcome, type TimedRequest, timedFetch } from "../http/timedRequest";
import { UnusableProxy } from "../http/wayErrors";
import type { HealthPhases, ReportedClient } from "../report";
import { judgeAnswer } from "./judgeAnswer";
import { classifyNetworkFailure, type NetworkVerdict } from "./networkFailure";
import { askPatiently } from "./patience";
import type { Phase } from "./phaseClock";

/** How some clients fare on their way. */
export interface WayResult {
  readonly clients: readonly ReportedClient[];
  /** Why no API answered them; absent: one did. */
  readonly code?: string;
  /** The step that failed. */
  readonly phase?: Phase;
  readonly seen: Sighting;
  readonly proxyVariable?: string;
  readonly trustVariables: readonly string[];
}

/** What came of the request that carries the key. */
export type Exchange =
  | {
      readonly kind: "answer";
      readonly answer: HttpAnswer;
      readonly seen: Sighting;
      readonly phases: HealthPhases;
    }
  | {
      readonly kind: "failure";
      readonly failure: NetworkVerdict;
      readonly phase: Phase;
      readonly seen: Sighting;
      readonly phases: HealthPhases;
      /** The connection stood, so that no other way is a better one. */
      readonly isConnected: boolean;
    }
  | { readonly kind: "cancelled" };

export interface Journey {
  readonly exchange: Exclude<Exchange, { kind: "cancelled" }>;
  /** The way on which it was. */
  readonly way: Way;
  /** Of every way, in their order. */
  readonly results: readonly WayResult[];
  /** How VS Code's own way fares; absent where it was not asked, or is that of the clients. */
  readonly editorWorks?: boolean;
}

/** Ways in which no connection came about, and VS Code may have had a better one. */
const MAY_DIFFER = /^network\/(?!certificate-(?:expired|wrong-host|invalid))/;

/**
 * Asks on the clients' ways, at the same time: with the key on the first, without it on the others. Where the first
 * leads nowhere, the next that works gets the key. VS Code's own way is asked, without the key, where none works, and
 * `askEditor` where it is another one. Never rejects.
 *
 * @returns undefined when the request was cancelled
 */
export async function askWays(
  request: TimedRequest,
  { ways, editor }: Network,
  askEditor: boolean,
): Promise<Journey | undefined> {
  const [first, ...others] = ways;
  const started = performance.now();
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== "authorization"),
  );
  const looking = Promise.all(others.map((way) => ask({ ...request, headers }, way)));
  const editorGet = () =>
    editor ? editorAnswers(editor.fetch, later(request, started, headers)) : undefined;
  const editorLooks = askEditor && editor?.differs === true ? editorGet() : undefined;
  let exchange = await ask(request, first);
  const looks = await looking;
  const detour = others.find((_, index) => isThere(looks[index]));
  let way = first;
  let own = exchange;
  let editorWorks = await editorLooks;
  if (exchange.kind === "failure" && !exchange.isConnected) {
    if (detour) [way, exchange] = [detour, await ask(later(request, started), detour)];
    else if (MAY_DIFFER.test(exchange.failure.code)) {
      editorWorks ??= await editorGet();
      // The network may have come back meanwhile: only what fails still is a difference.
      if (editorWorks) own = exchange = await ask(later(request, started), first);
    }
  }
  if (exchange.kind === "cancelled" || own.kind === "cancelled" || request.signal?.aborted) return undefined;
  const exchanges = [own, ...looks];
  const results = await Promise.all(
    ways.map((each, index) => resultsOf(each, exchanges[index] ?? own, request.url)),
  );
  return {
    exchange,
    way,
    results: results.flat(),
    ...(editorWorks !== undefined && { editorWorks }),
  };
}

/** The same within what is left of the longest time that one request may take. */
function later(request: TimedRequest, started: number, headers = request.headers): TimedRequest {
  const { limits } = request;
  const half = Math.max(0, limits.connectMs + limits.answerMs - (performance.now() - started)) / 2;
  const connectMs = Math.round(Math.min(limits.connectMs, half));
  return {
    ...request,
    headers,
    limits: { ...limits, connectMs, answerMs: Math.round(Math.min(limits.answerMs, half)) },
  };
}

async function ask(request: TimedRequest, way: Way): Promise<Exchange> {
  const started = performance.now();
  if (way.isUnusable) {
    const failure = classifyNetworkFailure(new UnusableProxy("unreadable"), "proxyConnect");
    return {
      kind: "failure",
      failure,
      phase: "proxyConnect",
      seen: {},
      phases: { totalMs: 0 },
      isConnected: false,
    };
  }
  const tryOnce = (limits: TimedRequest["limits"]) => timedFetch({ ...request, limits, route: way.route });
  const outcome: Outcome = await askPatiently(tryOnce, request.limits);
  if (outcome.kind === "cancelled") return outcome;
  const { clock, seen } = outcome;
  // A first try that got lost is part of the wait.
  const phases = { ...clock.phases(), totalMs: Math.round(performance.now() - started) };
  if (outcome.kind === "answer") return { kind: "answer", answer: outcome.answer, seen, phases };
  const failure = classifyNetworkFailure(outcome.error, clock.current, seen, request.url.hostname);
  return { kind: "failure", failure, phase: clock.current, seen, phases, isConnected: clock.isConnected };
}

function isThere(exchange: Exchange | undefined): boolean {
  return exchange?.kind === "answer" && isFromApi(exchange.answer);
}

/** A page may come from something on the way, such as a proxy that cannot pass the request on. */
function isFromApi({ headers }: HttpAnswer): boolean {
  return /\bjson\b/i.test(headers["content-type"] ?? "");
}

/** One result, or two where only some of the clients on this way can use the name. */
async function resultsOf(way: Way, exchange: Exchange, url: URL): Promise<WayResult[]> {
  const { clients, proxyVariable, trustVariables, strictResolvers, route } = way;
  const result = (some: readonly ReportedClient[], why: Partial<WayResult> = {}): WayResult[] =>
    some.length === 0
      ? []
      : [
          {
            clients: some,
            trustVariables,
            seen: exchange.kind === "cancelled" ? {} : exchange.seen,
            ...(proxyVariable !== undefined && { proxyVariable }),
            ...why,
          },
        ];
  if (exchange.kind === "cancelled") return [];
  if (exchange.kind === "failure")
    return result(clients, { code: exchange.failure.code, phase: exchange.phase });
  if (!isFromApi(exchange.answer)) {
    const { code } = judgeAnswer(exchange.answer, [], "", url, exchange.seen).verdict;
    return result(clients, { ...(code !== undefined && { code }), phase: "wait" });
  }
  const name = route.proxy === undefined ? url.hostname : proxyUrl(route.proxy).hostname;
  if (strictResolvers.length === 0 || (await satisfiesStrictResolver(name))) return result(clients);
  const lenient = clients.filter((client) => !strictResolvers.includes(client));
  return [...result(strictResolvers, { code: "network/ipv6-dns", phase: "dns" }), ...result(lenient)];
}
