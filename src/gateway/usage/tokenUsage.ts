import { isRecord, toAmount, toTime } from "./untrusted";
import { readErrorBody } from "../answers/errorText";

const SWITCHED_OFF = /status is unavailable|disabled|[状狀][态態]不可用|已禁用|已停用/i;

/**
 * Why new-api refuses a token: its newer versions give every refused one the same 401, and only
 * `GET /api/usage/token/` tells which it is. Amounts there are of the token, not of the account.
 *
 * @returns a code of the knowledge base; undefined: nothing more than that it is refused
 */
export function refusedTokenCode(status: number, body: string, now: number): string | undefined {
  if (status === 401) {
    return SWITCHED_OFF.test(readErrorBody(body)?.message ?? "") ? "account/key-disabled" : undefined;
  }
  const data = status === 200 ? dataOf(body) : undefined;
  if (!data) return undefined;
  // 0 and -1 stand for never.
  const end = toTime(data["expires_at"]);
  if (end && Date.parse(end) <= now) return "account/key-expired";
  const available = toAmount(data["total_available"]);
  if (data["unlimited_quota"] !== true && available !== undefined && available <= 0)
    return "account/no-quota";
  // It knows the token and has nothing against it but that it is off; so is one whose quota was raised again.
  return "account/key-disabled";
}

function dataOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    const data = isRecord(json) ? json["data"] : undefined;
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
