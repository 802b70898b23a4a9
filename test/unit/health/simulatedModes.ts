import type { HealthState } from "../../../src/health/report";
import type { CannedMode } from "../../gateway/modes";

/** What the simulator's modes come to: a new mode without an entry here does not compile. */
export const SIMULATED: Record<CannedMode | "hang-headers", [HealthState, string]> = {
  "401-openai": ["unauthorized", "account/key-invalid"],
  "401-new-api": ["unauthorized", "account/key-invalid"],
  "401-sub2api": ["unauthorized", "account/key-invalid"],
  "402": ["noQuota", "account/no-quota"],
  "403": ["blocked", "account/client-not-allowed"],
  "403-balance": ["noQuota", "account/no-quota"],
  "404-html": ["notAnApi", "endpoint/html-response"],
  "404-json": ["notAnApi", "endpoint/unexpected-response"],
  "404-model": ["degraded", "account/model-unavailable"],
  "400-model": ["degraded", "account/model-unavailable"],
  "429": ["rateLimited", "account/rate-limited"],
  "429-quota": ["noQuota", "account/no-quota"],
  "429-retry-after": ["rateLimited", "account/rate-limited"],
  "500": ["gatewayError", "gateway/unavailable"],
  "502-html": ["gatewayError", "gateway/unavailable"],
  "503-model": ["degraded", "account/model-unavailable"],
  "200-html": ["notAnApi", "endpoint/website"],
  "200-json": ["notAnApi", "endpoint/unexpected-response"],
  "redirect-302-login": ["notAnApi", "endpoint/redirect"],
  "redirect-307": ["notAnApi", "endpoint/redirect"],
  "hang-headers": ["unreachable", "gateway/no-answer"],
};
