import { isJson } from "../../gateway/answers/errorBodies";
import { parseUsage, type Usage } from "../../gateway/usage/usage";
import { type TimedRequest, timedFetch } from "../http/timedRequest";

/**
 * Asks for `/v1/usage`, which costs nothing and works for an exhausted key too.
 *
 * @param request to `GET {endpoint}/v1/usage` with the key
 * @returns undefined where the gateway has no such answer, which many have not; never rejects
 */
export async function readUsage(request: TimedRequest): Promise<Usage | undefined> {
  const outcome = await timedFetch(request);
  if (outcome.kind !== "answer") return undefined;
  const { status, headers, body, oversized } = outcome.answer;
  if (status !== 200 || oversized || !isJson(headers["content-type"] ?? "")) return undefined;
  // This machine's clock may be wrong, and a day of the gateway's ends by its own.
  const gatewayTime = Date.parse(headers["date"] ?? "");
  try {
    return parseUsage(
      JSON.parse(new TextDecoder().decode(body)),
      Number.isNaN(gatewayTime) ? Date.now() : gatewayTime,
    );
  } catch {
    return undefined;
  }
}
