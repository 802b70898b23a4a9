import type { Outcome, RequestLimits } from "../http/timedRequest";
import type { HealthPhases } from "../report";
import { PhaseTimeout } from "../http/wayErrors";

/** Everything that a person waits for before anything comes, a try that got lost too. */
export function beforeFirstByteMs({ totalMs, bodyMs = 0 }: HealthPhases): number {
  return totalMs - bodyMs;
}

/** Less is no fair second try. */
const LEAST_MS = 1_500;

/**
 * Tries once more where something got lost: a packet that is asked for again and again in ever longer pauses comes
 * sooner when somebody begins anew. Name, proxy, connection and TLS of both tries together have `connectMs`.
 *
 * @param tryOnce a connection of its own for each call, within these limits
 * @param now milliseconds
 */
export async function askPatiently(
  tryOnce: (limits: RequestLimits) => Promise<Outcome>,
  limits: RequestLimits,
  now: () => number = performance.now.bind(performance),
): Promise<Outcome> {
  const started = now();
  const first = await tryOnce(limits);
  const connectMs = Math.round(limits.connectMs - (now() - started));
  if (!isLoss(first) || connectMs < LEAST_MS) return first;
  return tryOnce({ ...limits, connectMs });
}

/** Nothing came back in time, or the line was cut, before the connection stood. */
function isLoss(outcome: Outcome): boolean {
  if (outcome.kind !== "failure" || outcome.clock.isConnected) return false;
  const { error } = outcome;
  return (
    error instanceof PhaseTimeout ||
    (error instanceof Error && "code" in error && error.code === "ECONNRESET")
  );
}
