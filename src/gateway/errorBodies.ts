import { readErrorBody, type ErrorText } from "./errorText";

/** What an answer other than a model list says about endpoint and account. */
export interface AnswerVerdict {
  /** A knowledge-base code. */
  readonly code: string;
  readonly state:
    | "unauthorized"
    | "noQuota"
    | "rateLimited"
    | "blocked"
    | "notAnApi"
    | "gatewayError"
    | "degraded"
    | "unreachable";
}

export interface GatewayAnswer {
  readonly status: number;
  /** The Content-Type header, empty when there is none. */
  readonly contentType: string;
  /** Names in lower case, as Node and undici give them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Row extends AnswerVerdict {
  /** Without it the row holds for every status. */
  readonly status?: readonly number[];
  /** One of the values the body has as `code`, `type` or `reason`. */
  readonly identifier?: RegExp;
  readonly message?: RegExp;
}

/** Words for used-up money; a bare "insufficient" also stands in messages about permissions. */
const QUOTA_WORDS =
  /\b(?:quota|balance|billing|credits?)\b|insufficient (?:account|fund)|余额|额度|限额|配额/i;
const MODEL_WORDS =
  /\bmodel\b.*(?:does not exist|is not supported by any|not found)|no available channel for model|模型.*无可用渠道/is;
const MODEL_DENIED_WORDS = /无权访问.*模型|(?:access|permission|not allowed).*\bmodel\b/is;

/**
 * The first row that fits decides. Bodies of sub2api, new-api and OpenAI; what an intermediate server
 * or another product sends is told apart before, what nobody knows falls back to its status.
 */
const ROWS: readonly Row[] = [
  row("account/key-invalid", "unauthorized", {
    identifier: /^(?:INVALID_API_KEY|invalid_api_key|USER_NOT_FOUND)$/,
  }),
  row("key/missing", "unauthorized", { identifier: /^API_KEY_REQUIRED$/ }),
  row("key/missing", "unauthorized", { status: [401], message: /didn't provide an API key|未提供令牌/i }),
  row("account/key-disabled", "unauthorized", {
    identifier: /^(?:API_KEY_DISABLED|USER_INACTIVE|account_deactivated)$/,
  }),
  row("account/key-disabled", "unauthorized", { status: [403], message: /\bbanned\b|封禁/i }),
  row("account/key-disabled", "unauthorized", { status: [401], message: /disabled|状态不可用|已禁用/i }),
  row("account/key-expired", "unauthorized", { identifier: /^API_KEY_EXPIRED$/ }),
  row("account/key-expired", "unauthorized", { status: [401], message: /\bexpired\b|已过期/i }),
  row("account/no-quota", "noQuota", { status: [401], message: QUOTA_WORDS }),
  row("account/ip-not-allowed", "blocked", {
    identifier: /^(?:ACCESS_DENIED|access_denied|ip_not_authorized)$/,
  }),
  row("account/client-not-allowed", "blocked", {
    status: [403],
    message: /only allows? .*clients|restricted to .*clients/i,
  }),
  row("account/no-group", "blocked", {
    identifier: /^(?:GROUP_(?:DELETED|DISABLED|NOT_ALLOWED)|permission_error)$/,
  }),
  row("account/model-unavailable", "degraded", { status: [403], message: MODEL_DENIED_WORDS }),
  row("account/no-group", "blocked", { status: [403], message: /\bgroup\b|分组/i }),
  row("account/subscription-expired", "noQuota", { identifier: /^SUBSCRIPTION_(?:NOT_FOUND|INVALID)$/ }),
  row("account/no-quota", "noQuota", {
    identifier:
      /^(?:INSUFFICIENT_BALANCE|billing_error|insufficient_user_quota|API_KEY_QUOTA_EXHAUSTED|USAGE_LIMIT_EXCEEDED|insufficient_quota|billing_not_active|billing_hard_limit_reached)$/,
  }),
  row("account/model-unavailable", "degraded", { identifier: /^model_not_found$/ }),
  row("account/model-unavailable", "degraded", { status: [400, 404, 503], message: MODEL_WORDS }),
  row("account/too-many-bad-attempts", "rateLimited", { identifier: /^INVALID_AUTH_RATE_LIMITED$/ }),
  row("network/blocked", "blocked", { identifier: /^unsupported_country_region_territory$/ }),
  row("account/no-quota", "noQuota", { status: [403, 429], message: QUOTA_WORDS }),
  row("account/rate-limited", "rateLimited", { identifier: /^rate_limit_(?:exceeded|error)$/ }),
  row("endpoint/malformed", "notAnApi", { identifier: /^api_key_in_query_deprecated$/ }),
  row("endpoint/too-much-path", "notAnApi", {
    status: [404],
    message: /invalid url \(\w+ \/v1\/(?:v1|responses|chat)\//i,
  }),
  row("endpoint/missing-v1", "notAnApi", { status: [404], message: /invalid url \(\w+ \/(?!v1\/)/i }),
];

/** By status alone, where the body says nothing we know. The last row fits all. */
const STATUS_ROWS: readonly (AnswerVerdict & { readonly from: number; readonly to: number })[] = [
  { from: 300, to: 399, code: "endpoint/redirect", state: "notAnApi" },
  { from: 401, to: 401, code: "account/key-invalid", state: "unauthorized" },
  { from: 402, to: 402, code: "account/no-quota", state: "noQuota" },
  { from: 403, to: 403, code: "network/blocked", state: "blocked" },
  { from: 407, to: 407, code: "network/proxy-mismatch", state: "unreachable" },
  { from: 429, to: 429, code: "account/rate-limited", state: "rateLimited" },
  // Only a network's sign-in page may send it (RFC 6585 section 6), never the endpoint.
  { from: 511, to: 511, code: "network/captive-portal", state: "unreachable" },
  { from: 500, to: 599, code: "gateway/unavailable", state: "gatewayError" },
  { from: 0, to: 999, code: "endpoint/unexpected-response", state: "notAnApi" },
];

/**
 * Maps any answer that is not a model list to a code of the knowledge base and a health state.
 * A 401 is always `unauthorized`, whatever its body says.
 */
export function classifyErrorBody(answer: GatewayAnswer): AnswerVerdict & { readonly byStatusOnly: boolean } {
  const known = classifyIntermediate(answer) ?? classifyBody(answer);
  const { code, state } = known ?? classifyStatus(answer.status);
  return { code, state: answer.status === 401 ? "unauthorized" : state, byStatusOnly: !known };
}

/** Pages and challenges: the sender is a website or a server in between, not the API. */
function classifyIntermediate({
  status,
  contentType,
  headers,
  body,
}: GatewayAnswer): AnswerVerdict | undefined {
  const isPage = isHtml(contentType, body);
  if (headers["cf-mitigated"] !== undefined || (status === 403 && isPage)) {
    return { code: "network/blocked", state: "blocked" };
  }
  if (isPage && status >= 200 && status < 300) return { code: "endpoint/website", state: "notAnApi" };
  if (isPage && (status === 404 || status === 405))
    return { code: "endpoint/html-response", state: "notAnApi" };
  return undefined;
}

function classifyBody({ status, contentType, body }: GatewayAnswer): AnswerVerdict | undefined {
  const text = readErrorBody(body);
  if (text === undefined) {
    const broken = status < 300 && isJson(contentType);
    return broken ? { code: "gateway/unavailable", state: "gatewayError" } : undefined;
  }
  return ROWS.find((candidate) => fits(candidate, status, text));
}

function classifyStatus(status: number): AnswerVerdict {
  const found = STATUS_ROWS.find(({ from, to }) => status >= from && status <= to);
  return found ?? { code: "endpoint/unexpected-response", state: "notAnApi" };
}

function fits(candidate: Row, status: number, { identifiers, message }: ErrorText): boolean {
  const { identifier } = candidate;
  return (
    (!candidate.status || candidate.status.includes(status)) &&
    (!identifier || identifiers.some((value) => identifier.test(value))) &&
    (!candidate.message || candidate.message.test(message))
  );
}

function row(
  code: string,
  state: AnswerVerdict["state"],
  conditions: Pick<Row, "status" | "identifier" | "message">,
): Row {
  return { code, state, ...conditions };
}

export function isJson(contentType: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}

function isHtml(contentType: string, body: string): boolean {
  return (
    /^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim()) ||
    /^\s*<(?:!doctype|html)/i.test(body)
  );
}
