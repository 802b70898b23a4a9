import { classifyErrorBody } from "./errorBodies";
import { readErrorBody } from "./errorText";
import type { AnswerVerdict, GatewayAnswer } from "./gatewayAnswer";

type Judged = Pick<AnswerVerdict, "code"> & { readonly byStatusOnly: boolean };

/** Statuses with which an API finds fault with what was sent to it. */
const REFUSED = [400, 409, 415, 422];
const UNKNOWN_ROUTE = /invalid url \(post \/v1\/responses\)/i;

/**
 * What an answer to `POST …/responses` says that is no answer of a model. Other rules than for the list of
 * models: the gateway may have passed the request on, and an API that finds fault with a request is one.
 */
export function classifyRefusedPost(answer: GatewayAnswer): Judged {
  const { status, body } = answer;
  // The server that says so may be any on the path, and mostly says it with a page.
  if (status === 413) return { code: "endpoint/request-refused", byStatusOnly: false };
  const judged = classifyErrorBody({ ...answer, passedOn: true });
  const text = readErrorBody(body);
  if (status === 404 && UNKNOWN_ROUTE.test(text?.message ?? ""))
    return { code: "endpoint/no-responses-api", byStatusOnly: false };
  // The content type says nothing: behind that of a stream the body is JSON all the same.
  return judged.byStatusOnly && text !== undefined && REFUSED.includes(status)
    ? { code: "endpoint/request-refused", byStatusOnly: true }
    : judged;
}

/** What the error event of a stream says. The gateway has taken the key by then, so it is not about the key. */
export function classifyStreamError(answer: GatewayAnswer): Judged {
  // An event carries no status: 429 lets words about quota count.
  const judged = classifyErrorBody({ ...answer, status: 429, passedOn: true });
  const isKnown = !judged.byStatusOnly && judged.state !== "unauthorized";
  return isKnown ? judged : { code: "gateway/unavailable", byStatusOnly: judged.byStatusOnly };
}
