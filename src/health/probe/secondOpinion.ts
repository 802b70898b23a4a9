import { type EditorFetch, editorGet } from "../http/editorRequest";
import type { Sighting } from "../http/sighting";
import type { HealthPhases } from "../report";
import { classifyNetworkFailure, type NetworkVerdict } from "./networkFailure";
import { type HttpAnswer, type TimedRequest, timedFetch } from "../http/timedRequest";

/** What came of a request: an answer, or why there is none. */
export type Exchange =
  | {
      readonly kind: "answer";
      readonly answer: HttpAnswer;
      readonly phases: HealthPhases;
      /** Nothing where the editor asked. */
      readonly seen: Sighting;
      /** Only the editor got through; this is why our own way, the clients' too, did not. */
      readonly onlyEditor?: NetworkVerdict;
    }
  | Failure
  | { readonly kind: "cancelled" };

interface Failure {
  readonly kind: "failure";
  readonly failure: NetworkVerdict;
  readonly phases: HealthPhases;
  /** The connection stood, so that the editor has no better one. */
  readonly isConnected: boolean;
}

/**
 * Asks on our own way and, when no connection comes about, once through the editor. The limit for the
 * whole holds for all attempts together. Never rejects.
 */
export async function askWithSecondOpinion(
  request: TimedRequest,
  editorFetch: EditorFetch | undefined,
): Promise<Exchange> {
  const started = performance.now();
  const remaining = (): TimedRequest => {
    const totalMs = Math.max(0, Math.round(request.limits.totalMs - (performance.now() - started)));
    return { ...request, limits: { ...request.limits, totalMs } };
  };
  const own = await ask(request);
  if (!editorFetch || !mayDifferInEditor(own)) return own;
  const editor = await editorGet(editorFetch, remaining());
  if (request.signal?.aborted) return { kind: "cancelled" };
  if (!editor) return own;
  // The network may have come back meanwhile: only what fails still is a difference.
  const again = await ask(remaining());
  if (!mayDifferInEditor(again)) return again;
  return { ...editor, kind: "answer", seen: {}, onlyEditor: own.failure };
}

async function ask(request: TimedRequest): Promise<Exchange> {
  const outcome = await timedFetch(request);
  if (outcome.kind === "cancelled") return outcome;
  const { clock } = outcome;
  const phases = clock.phases();
  if (outcome.kind === "answer")
    return { kind: "answer", answer: outcome.answer, phases, seen: outcome.seen };
  const failure = classifyNetworkFailure(outcome.error, clock.current, outcome.seen, request.url.hostname);
  return { kind: "failure", failure, phases, isConnected: clock.isConnected };
}

/** Whoever looks at the certificate. */
const INVALID_FOR_EVERYBODY: readonly string[] = [
  "network/certificate-invalid",
  "network/certificate-expired",
  "network/certificate-wrong-host",
];

function mayDifferInEditor(exchange: Exchange): exchange is Failure {
  return (
    exchange.kind === "failure" &&
    !exchange.isConnected &&
    !INVALID_FOR_EVERYBODY.includes(exchange.failure.code)
  );
}
