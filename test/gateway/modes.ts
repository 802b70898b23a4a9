import {
  errorBody,
  flatErrorBody,
  newApiErrorBody,
  NGINX_ERROR_PAGE,
  SIMULATED_MODEL,
  typedErrorBody,
  WEBSITE_PAGE,
} from "./bodies";

/** A complete answer that does not depend on the request. */
export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body: string | object;
}

const html = (status: number, body: string): CannedAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body,
});
const json = (status: number, body: object, headers?: Record<string, string>): CannedAnswer => ({
  status,
  body,
  ...(headers && { headers }),
});

/** Modes that answer every API request in the same way, key or no key. */
export const CANNED_ANSWERS = {
  "401-openai": json(
    401,
    errorBody(
      "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.",
      "invalid_request_error",
      "invalid_api_key",
    ),
  ),
  "401-new-api": json(401, newApiErrorBody("无效的令牌")),
  "401-sub2api": json(401, flatErrorBody("INVALID_API_KEY", "Invalid API key")),
  "402": json(402, errorBody("Insufficient balance", "payment_required", null)),
  "403": json(403, typedErrorBody("forbidden_error", "This account only allows Codex official clients")),
  "403-balance": json(403, flatErrorBody("INSUFFICIENT_BALANCE", "Insufficient account balance")),
  "404-html": html(404, NGINX_ERROR_PAGE("404 Not Found")),
  "404-json": json(404, errorBody("Invalid URL (GET /v1/models)", "invalid_request_error", "")),
  "404-model": json(
    404,
    typedErrorBody(
      "model_not_found",
      `Model "${SIMULATED_MODEL}" is not supported by any configured account in this group`,
    ),
  ),
  "400-model": json(
    400,
    errorBody(
      `The requested model '${SIMULATED_MODEL}' does not exist.`,
      "invalid_request_error",
      "model_not_found",
    ),
  ),
  "429": json(
    429,
    typedErrorBody("rate_limit_error", "Concurrency limit exceeded for user, please retry later"),
  ),
  "429-quota": json(429, errorBody("API key 额度已用完", "insufficient_quota", "insufficient_quota")),
  "429-retry-after": json(429, typedErrorBody("rate_limit_exceeded", "Requests per minute limit exceeded"), {
    "retry-after": "30",
  }),
  "500": json(500, flatErrorBody("INTERNAL_ERROR", "Internal server error")),
  "502-html": html(502, NGINX_ERROR_PAGE("502 Bad Gateway")),
  "503-model": json(
    503,
    errorBody(
      `No available channel for model ${SIMULATED_MODEL} under group default (distributor)`,
      "new_api_error",
      "model_not_found",
    ),
  ),
  "200-html": html(200, WEBSITE_PAGE),
  "200-json": json(200, { name: "another product", version: 3 }),
  "redirect-302-login": { status: 302, headers: { location: "/login" }, body: "" },
  // Another origin on purpose: whoever follows it there with the key has leaked the key.
  "redirect-307": { status: 307, headers: { location: "http://localhost:9/v1/models" }, body: "" },
} as const satisfies Record<string, CannedAnswer>;

/** Modes that change how a request is served, not only what is answered. */
export const BEHAVIOUR_MODES = [
  "ok",
  "hang-headers",
  "hang-stream",
  "cut-stream",
  "sse-failed",
  "sse-error",
  "tool-call",
  "websocket-accept",
  "websocket-426",
  "websocket-hang",
] as const;

export type CannedMode = keyof typeof CANNED_ANSWERS;
export type GatewayMode = CannedMode | (typeof BEHAVIOUR_MODES)[number];

export const GATEWAY_MODES: readonly GatewayMode[] = [
  ...BEHAVIOUR_MODES,
  ...(Object.keys(CANNED_ANSWERS) as CannedMode[]),
];

/** The groups of routes a mode can be limited to. */
export const GATEWAY_SCOPES = ["all", "models", "usage", "responses", "chat"] as const;
export type GatewayScope = (typeof GATEWAY_SCOPES)[number];

export function cannedAnswer(mode: GatewayMode): CannedAnswer | undefined {
  return mode in CANNED_ANSWERS ? CANNED_ANSWERS[mode as CannedMode] : undefined;
}

/** Which mode is in force where: one for everything, and exceptions for single scopes. */
export class ModeSwitch {
  private readonly modes = new Map<GatewayScope, GatewayMode>([["all", "ok"]]);

  /** A mode for "all" ends every exception. */
  set(mode: GatewayMode, scope: GatewayScope): void {
    if (scope === "all") this.modes.clear();
    this.modes.set(scope, mode);
  }

  get(scope: GatewayScope): GatewayMode {
    return this.modes.get(scope) ?? this.modes.get("all") ?? "ok";
  }
}
