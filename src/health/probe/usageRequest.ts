import { isJson } from "../../gateway/errorBodies";
import { checkBaseUrl } from "../../gateway/endpoints";
import { parseUsage, type Usage } from "../../gateway/usage";
import type { Network } from "../http/network";
import { PROBE_LIMITS } from "./probe";
import { timedGet } from "../http/timedRequest";

/**
 * Asks `GET {endpoint}/v1/usage`, which costs nothing and works for an exhausted key too.
 *
 * @returns undefined where the gateway has no such answer, which many have not; never rejects
 */
export async function readUsage(
  endpoint: string,
  apiKey: string,
  { route }: Network,
  signal?: AbortSignal,
): Promise<Usage | undefined> {
  const address = checkBaseUrl(endpoint);
  if (!address.valid) return undefined;
  const outcome = await timedGet({
    url: new URL(`${address.baseUrl}/v1/usage`),
    headers: { authorization: `Bearer ${apiKey}`, accept: "application/json", "accept-encoding": "identity" },
    limits: PROBE_LIMITS,
    signal,
    route,
  });
  if (outcome.kind !== "answer") return undefined;
  const { status, headers, body, oversized } = outcome.answer;
  if (status !== 200 || oversized || !isJson(headers["content-type"] ?? "")) return undefined;
  try {
    return parseUsage(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return undefined;
  }
}
