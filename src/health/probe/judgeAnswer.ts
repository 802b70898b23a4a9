import { excerptOf } from "../../gateway/answers/answerText";
import { classifyErrorBody, isJson } from "../../gateway/answers/errorBodies";
import { isErrorObject } from "../../gateway/answers/errorText";
import { parseModelList } from "../../gateway/answers/modelList";
import { titleOf } from "../../gateway/answers/pages";
import { ENDPOINTS } from "../../gateway/endpoints";
import type { Sighting } from "../http/sighting";
import type { Verdict } from "../report";
import type { HttpAnswer } from "../http/timedRequest";

export interface Judgement {
  readonly verdict: Verdict;
  /** The models on offer; absent when the answer is no model list. */
  readonly offered?: readonly string[];
  /** One line of what the gateway says in its own words, or the title of a page on the way; without any key. */
  readonly excerpt?: string;
}

/** What an answer to `GET /v1/models` says: `ok` only for a model list in JSON that holds the wanted models. */
export function judgeAnswer(
  answer: HttpAnswer,
  wanted: readonly (string | undefined)[],
  apiKey: string,
  url: URL,
  seen: Sighting,
): Judgement {
  const offered = modelsIn(answer);
  if (!offered) return judgeOther(answer, apiKey, url, seen);
  const isComplete = wanted.every((model) => model === undefined || offered.includes(model));
  const verdict: Verdict = isComplete
    ? { state: "ok" }
    : { state: "degraded", code: "account/model-unavailable" };
  return { verdict, offered };
}

function modelsIn(answer: HttpAnswer): string[] | undefined {
  const { status, headers, body } = answer;
  if (status !== 200 || !isReadable(answer) || !isJson(headers["content-type"] ?? "")) return undefined;
  try {
    return parseModelList(JSON.parse(decode(body)));
  } catch {
    return undefined;
  }
}

/**
 * Somebody on the way can have written what came: a box with a certificate of its own, or a proxy where nothing is
 * encrypted. A page in the name of TokenPool's own hosts, which send none, is taken for the proxy's in any case.
 */
export function mayBeForeign({ origin, protocol }: URL, seen: Sighting): boolean {
  if (seen.foreignChain) return true;
  const isProxied = seen.proxy !== undefined;
  return isProxied && (protocol === "http:" || ENDPOINTS.some(({ baseUrl }) => baseUrl === origin));
}

function judgeOther(answer: HttpAnswer, apiKey: string, url: URL, seen: Sighting): Judgement {
  const { status, headers, body } = answer;
  if (status === 200 && !isReadable(answer)) {
    return { verdict: { state: "notAnApi", code: "endpoint/unexpected-response" } };
  }
  const text = decode(body);
  const contentType = headers["content-type"] ?? "";
  const { state, code, byStatusOnly } = classifyErrorBody({
    status,
    contentType,
    headers,
    body: text,
    host: url.hostname,
    mayBeForeign: mayBeForeign(url, seen),
  });
  const excerpt = isReadable(answer)
    ? byStatusOnly || isJson(contentType) || isErrorObject(text)
      ? excerptOf(text, apiKey)
      : titleOfPage(code, text, apiKey)
    : "";
  return { verdict: { state, code }, ...(excerpt && { excerpt }) };
}

/** What a page that is none of the gateway's calls itself tells people whom to ask. */
function titleOfPage(code: string, body: string, apiKey: string): string {
  return ["network/filtered", "network/captive-portal", "network/blocked"].includes(code)
    ? excerptOf(titleOf(body), apiKey)
    : "";
}

/** A client would fail to unpack what is only said to be compressed. */
function isReadable({ headers, oversized }: HttpAnswer): boolean {
  return !oversized && /^(?:identity)?$/i.test(headers["content-encoding"] ?? "");
}

function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
