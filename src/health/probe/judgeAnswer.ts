import { excerptOf } from "../../gateway/answers/answerText";
import { classifyErrorBody, isJson } from "../../gateway/answers/errorBodies";
import { parseModelList } from "../../gateway/answers/modelList";
import type { Verdict } from "../report";
import type { HttpAnswer } from "../http/timedRequest";

export interface Judgement {
  readonly verdict: Verdict;
  /** The models on offer; absent when the answer is no model list. */
  readonly offered?: readonly string[];
  /** One line of the answer where only its status could be judged; without any key. */
  readonly excerpt?: string;
}

/** What an answer to `GET /v1/models` says: `ok` only for a model list in JSON that holds the wanted models. */
export function judgeAnswer(
  answer: HttpAnswer,
  wanted: readonly (string | undefined)[],
  apiKey: string,
): Judgement {
  const offered = modelsIn(answer);
  if (!offered) return judgeOther(answer, apiKey);
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

function judgeOther(answer: HttpAnswer, apiKey: string): Judgement {
  const { status, headers, body } = answer;
  if (status === 200 && !isReadable(answer)) {
    return { verdict: { state: "notAnApi", code: "endpoint/unexpected-response" } };
  }
  const text = decode(body);
  const contentType = headers["content-type"] ?? "";
  const { state, code, byStatusOnly } = classifyErrorBody({ status, contentType, headers, body: text });
  const excerpt = byStatusOnly && isReadable(answer) ? excerptOf(text, apiKey) : "";
  return { verdict: { state, code }, ...(excerpt && { excerpt }) };
}

/** A client would fail to unpack what is only said to be compressed. */
function isReadable({ headers, oversized }: HttpAnswer): boolean {
  return !oversized && /^(?:identity)?$/i.test(headers["content-encoding"] ?? "");
}

function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
