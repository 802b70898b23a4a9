import { hasRoute, type ResponsesRoute } from "../../gateway/responsesRoute";
import { readErrorBody } from "../../gateway/answers/errorText";
import { refusedTokenCode } from "../../gateway/usage/tokenUsage";
import { type HttpAnswer, type TimedRequest, timedFetch } from "../http/timedRequest";

/** Makes a request to a path of the endpoint, within the time that is left for the check. */
export type NextRequest = (path: string) => TimedRequest;

const textOf = ({ body }: HttpAnswer) => new TextDecoder().decode(body);

/**
 * Whether no account of the gateway can serve a request now: only Codex's own list of models looks at
 * them. The gateway asks its supplier for it, so this is for checks that a person asked for.
 */
export async function lacksAccounts(next: NextRequest, clientVersion: string): Promise<boolean> {
  const outcome = await timedFetch(next(`/v1/models?client_version=${encodeURIComponent(clientVersion)}`));
  if (outcome.kind !== "answer") return false;
  const { status } = outcome.answer;
  const error = status === 502 || status === 503 ? readErrorBody(textOf(outcome.answer)) : undefined;
  // A 502 alone can mean that the supplier has no such list, although it answers questions.
  return error !== undefined && (status === 503 || /no available|[无無]可用/i.test(error.message));
}

/** Looks for the Responses API without the key, and with an empty question, which costs nothing. */
export async function findResponsesRoute(next: NextRequest): Promise<ResponsesRoute | undefined> {
  const isThere = async (path: string) => {
    const request = next(path);
    // Nothing of its headers is taken over: the key is among them.
    const headers = { "content-type": "application/json", accept: "application/json" };
    const outcome = await timedFetch({ ...request, headers, body: "{}" });
    if (outcome.kind !== "answer") return undefined;
    const { status, headers: answered } = outcome.answer;
    return hasRoute(status, answered["content-type"] ?? "", textOf(outcome.answer));
  };
  const atRoot = await isThere("/responses");
  if (atRoot !== false) return atRoot ? "root" : undefined;
  const belowVersion = await isThere("/v1/responses");
  return belowVersion === undefined ? undefined : belowVersion ? "v1" : "none";
}

/**
 * Why new-api refuses the key. Never in the background: its limit of 20 requests in 20 minutes is shared
 * with the sign-in of the console.
 */
export async function askRefusedToken(next: NextRequest): Promise<string | undefined> {
  const outcome = await timedFetch(next("/api/usage/token/"));
  if (outcome.kind !== "answer" || outcome.answer.oversized) return undefined;
  return refusedTokenCode(outcome.answer.status, textOf(outcome.answer), Date.now());
}
