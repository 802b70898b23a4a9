import type { Socket } from "node:net";
import { Agent } from "undici";
import { type LimitedBody, readLimited, unpacked } from "./limitedBody";
import { type Phase, PhaseClock } from "../probe/phaseClock";
import type { Sighting } from "./sighting";
import { PhaseTimeout } from "./wayErrors";
import { proxyAuthorization, proxyUrl, type Route, timedConnector } from "./timedConnector";

/** Firewalls before gateways take a request without it for an attack. */
export const USER_AGENT = "TokenPool for VS Code";

/** Limits of one request, times in milliseconds. */
export interface RequestLimits {
  /** Name, proxy, connection and TLS together. */
  readonly connectMs: number;
  /** Each of these alone; absent: as long as all of them have. */
  readonly phaseMs?: Readonly<Partial<Record<Phase, number>>>;
  /** From the open connection to the end of the headers. */
  readonly headersMs: number;
  /** From the open connection to the end of the answer. */
  readonly answerMs: number;
  readonly bodyBytes: number;
}

export interface TimedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON that is sent by POST; without it the request is a GET. Never with the key: a POST may cost. */
  readonly body?: string;
  readonly limits: RequestLimits;
  readonly signal?: AbortSignal | undefined;
  /** Without it: directly, with the authorities of Node. */
  readonly route?: Route | undefined;
}

export interface HttpAnswer extends LimitedBody {
  readonly status: number;
  /** Names in lower case; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export type Outcome =
  | {
      readonly kind: "answer";
      readonly answer: HttpAnswer;
      readonly clock: PhaseClock;
      readonly seen: Sighting;
    }
  | { readonly kind: "failure"; readonly error: unknown; readonly clock: PhaseClock; readonly seen: Sighting }
  | { readonly kind: "cancelled" };

/**
 * One request over a connection of its own, without retry and without following a redirect: the headers,
 * with the key in them, go to this host or nowhere. Never rejects.
 */
export async function timedFetch(request: TimedRequest): Promise<Outcome> {
  if (request.signal?.aborted) return { kind: "cancelled" };
  const { limits } = request;
  const clock = new PhaseClock((phase) => {
    const limit = phase === "wait" ? limits.headersMs : limits.phaseMs?.[phase];
    if (limit === undefined) phaseDeadline.clear();
    else phaseDeadline.set(limit);
  });
  const seen: Sighting = {};
  const abort = new AbortController();
  const stop = (reason: Error) => {
    abort.abort(reason);
    // A request that still waits for its connection does not hear the signal, only this.
    void agent.destroy(reason);
  };
  const phaseDeadline = new Deadline(stop);
  const wholeDeadline = new Deadline(stop);
  const connection: { reset?: Error; alert?: Error } = {};
  const connected = (socket: Socket) => {
    wholeDeadline.set(limits.answerMs);
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET") connection.reset = error;
      if (error.code?.startsWith("ERR_SSL_")) connection.alert = error;
    });
    socket.once("end", () => {
      if (hasNoPeer(socket)) connection.reset ??= resetError();
    });
  };
  const agent = new Agent({
    connect: timedConnector(clock, request.route ?? {}, abort.signal, connected, seen),
    // The deadlines here cover every phase.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const cancel = () => stop(new Error("cancelled"));
  request.signal?.addEventListener("abort", cancel, { once: true });
  wholeDeadline.set(limits.connectMs);
  clock.skipTo("dns");
  try {
    const { origin, pathname, search } = request.url;
    const forwarding = forwardingProxy(request);
    const response = await agent.request({
      origin,
      path: `${forwarding ? origin : ""}${pathname}${search}`,
      method: request.body === undefined ? "GET" : "POST",
      ...(request.body !== undefined && { body: request.body }),
      headers: {
        "user-agent": USER_AGENT,
        ...request.headers,
        ...(forwarding && proxyAuthorization(forwarding)),
      },
      reset: true,
      signal: abort.signal,
    });
    clock.enter("body");
    const body = await readLimited(response.body, limits.bodyBytes);
    // undici takes a reset for the end of a body whose length nobody told, so the end may be missing. What came
    // with its length is whole, and may well be followed by a reset.
    if (connection.reset && response.headers["content-length"] === undefined) throw connection.reset;
    clock.finish();
    const headers = firstOfEach(response.headers);
    const plain = /^gzip$/i.test(headers["content-encoding"] ?? "") && unpacked(body, limits.bodyBytes);
    const read = plain
      ? { headers: { ...headers, "content-encoding": undefined }, ...plain }
      : { headers, ...body };
    return {
      kind: "answer",
      answer: { status: response.statusCode, ...read },
      clock,
      seen,
    };
  } catch (error) {
    if (request.signal?.aborted) return { kind: "cancelled" };
    // undici only keeps that the server hung up after an alert.
    const cause = connection.alert ?? error;
    return { kind: "failure", error: abort.signal.aborted ? abort.signal.reason : cause, clock, seen };
  } finally {
    phaseDeadline.clear();
    wholeDeadline.clear();
    request.signal?.removeEventListener("abort", cancel);
    // Ends what is still open, a connection attempt too.
    abort.abort();
    await agent.destroy();
  }
}

/**
 * Node takes a reset that it reads together with the last bytes for a plain end (libuv stops at the hang-up). The
 * system knows better: after an end it still names the other side, after a reset there is none. Where it says nothing
 * of the kind, as on Windows, the reset comes as an error of its own.
 */
function hasNoPeer(socket: Socket): boolean {
  return !socket.destroyed && socket.remoteAddress === undefined;
}

function resetError(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

/** The proxy that reads a request in plain http and passes it on; through a tunnel none does. */
function forwardingProxy({ url, route }: TimedRequest): URL | undefined {
  return url.protocol === "http:" && route?.proxy ? proxyUrl(route.proxy) : undefined;
}

function firstOfEach(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): HttpAnswer["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]));
}

class Deadline {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly expire: (reason: PhaseTimeout) => void) {}

  set(ms: number): void {
    this.clear();
    this.timer = setTimeout(() => this.expire(new PhaseTimeout(`more than ${ms} ms`)), ms);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
