import { readErrorBody, saysError, type ErrorText } from "./errorText";
import type { AnswerVerdict, GatewayAnswer } from "./gatewayAnswer";
import { classifyPage } from "./pages";

interface Row extends AnswerVerdict {
  /** Without it the row holds for every status. */
  readonly status?: readonly number[];
  /** One of the values the body has as `code`, `type` or `reason`; forks write the large letters small. */
  readonly identifier?: RegExp;
  readonly message?: RegExp;
}

/** Words for used-up money; a bare "insufficient" also stands in messages about permissions. */
const QUOTA_WORDS =
  /\b(?:quota|balance|billing|budget|credits?)\b|insufficient (?:account|fund)|\busage limit\b|\b(?:daily|weekly|monthly|\d{1,2}[- ]?(?:hours?|h|days?|d)) (?:spend(?:ing)? |cost )?limit\b|[余餘][额額]|[额額]度|[限配][额額]|欠[费費]|残高|利用上限|クォータ|クレジット/i;
/** Of a quota for a minute, too: that one is no money. */
const RATE_WORDS =
  /\bper (?:minute|min|second)\b|\b[RT]PM\b|\b(?:call|token|request) rate limit|每(?:分[钟鐘]|秒)/i;
const MODEL_WORDS =
  /\bmodel\b.*(?:does not exist|is not supported by any|not found)|no available channel for model|模型.*(?:[无無]可用[渠通]道|不存在)|不支(?:持|援)的模型/is;
const MODEL_DENIED_WORDS =
  /[无無][权權](?:访问|訪問|存取|使用|[调調]用).*模型|モデル.*(?:利用|使用)できません|模型.*(?:不在|不允[许許]|未[开開]放|未授[权權])|(?:access|permission|not allowed).*\bmodel\b|\bmodel\b.*\bnot (?:allowed|enabled|permitted)\b/is;
const IP_WORDS =
  /\bIP\b.{0,40}(?:not (?:allowed|authori[sz]ed|permitted|in\b)|blacklist|黑名[单單]|不在|不允[许許])|不允[许許].{0,20}\bIP\b|access denied\b.{0,20}\bIP\b|\bIP ?アドレス.{0,20}許可されて/i;
/** Whose end it is must stand there: a group, a supplier's account or a filter of addresses can be off, too. */
const KEY_OFF_WORDS =
  /^(?!.*(?:\bgroup\b|分[组組]|upstream|上游)).*(?:\b(?:key|token|user(?![- ]agent)|account)\b[^.]{0,40}\b(?:banned|disabled|deactivated|suspended|frozen|inactive|not active)\b|(?:令牌|[权權]杖|密[钥鑰]|金[钥鑰]|API ?key|用[户戶]|使用者|[账帳][户戶号號]).{0,10}(?:[状狀][态態]不可用|禁用|停用|封禁|[冻凍][结結])|API ?キー.{0,10}(?:無効化|停止))/is;
const KEY_UNKNOWN_WORDS =
  /^(?!.*(?:upstream|上游)).*(?:\b(?:invalid|incorrect|unknown) (?:API key|token)\b|[无無]效的?(?:令牌|[权權]杖|密[钥鑰]|金[钥鑰]|API ?key))/is;
const KEY_OVER_WORDS =
  /^(?!.*(?:upstream|上游)).*(?:\b(?:key|token)\b[^.]{0,40}\bexpired\b|(?:令牌|[权權]杖|密[钥鑰]|金[钥鑰]|API ?key).{0,10}[过過]期|API ?キー.{0,10}期限)/is;

/**
 * The first row that fits decides: what can only mean one thing, then words, then types that a gateway
 * uses for many things. Bodies of sub2api, new-api and OpenAI; what an intermediate server or another
 * product sends is told apart before, what nobody knows falls back to its status.
 */
const ROWS: readonly Row[] = [
  // What the gateway's own supplier said, whatever it is about: the operator's key and money, not the user's.
  row("gateway/unavailable", "gatewayError", { identifier: /^upstream_error$/ }),
  row("account/key-invalid", "unauthorized", {
    identifier: /^(?:INVALID_API_KEY|invalid_api_key|USER_NOT_FOUND)$/,
  }),
  row("key/missing", "unauthorized", { identifier: /^API_KEY_REQUIRED$/ }),
  row("account/key-disabled", "unauthorized", {
    identifier: /^(?:API_KEY_DISABLED|USER_INACTIVE|account_deactivated)$/,
  }),
  row("account/key-expired", "unauthorized", { identifier: /^API_KEY_EXPIRED$/ }),
  row("account/ip-not-allowed", "blocked", {
    identifier: /^(?:ACCESS_DENIED|access_denied|ip_not_authorized)$/,
  }),
  row("account/no-group", "blocked", { identifier: /^GROUP_(?:DELETED|DISABLED|NOT_ALLOWED)$/ }),
  row("account/no-quota", "noQuota", { identifier: /^(?:DAILY|WEEKLY|MONTHLY)_LIMIT_EXCEEDED$/ }),
  row("account/subscription-expired", "noQuota", {
    identifier: /^SUBSCRIPTION_(?:NOT_FOUND|INVALID|EXPIRED|SUSPENDED|REVOKED|CANCELL?ED|INACTIVE)$/,
  }),
  row("account/subscription-expired", "noQuota", {
    identifier: /^billing_error$/,
    message: /^(?!.*(?:limit|balance|限[额額]|[余餘][额額])).*(?:subscription|[订訂][阅閱])/is,
  }),
  row("account/no-quota", "noQuota", {
    identifier:
      /^(?:INSUFFICIENT_BALANCE|billing_error|insufficient_user_quota|pre_consume_token_quota_failed|API_KEY_QUOTA_EXHAUSTED|USAGE_LIMIT_EXCEEDED|insufficient_quota|billing_not_active|billing_hard_limit_reached)$/,
  }),
  row("account/model-unavailable", "degraded", { identifier: /^(?:model_not_found|DeploymentNotFound)$/ }),
  row("account/too-many-bad-attempts", "rateLimited", { identifier: /^INVALID_AUTH_RATE_LIMITED$/ }),
  row("network/blocked", "blocked", { identifier: /^unsupported_country_region_territory$/ }),
  row("endpoint/malformed", "notAnApi", { identifier: /^api_key_in_query_deprecated$/ }),

  row("account/subscription-expired", "noQuota", {
    status: [401, 402, 403, 429],
    message:
      /\b(?:subscription|plan) (?:(?:has|is|was) )?(?:been )?(?:expired|ended|suspended|paused|cancell?ed|inactive)|no (?:(?:active|valid) )?subscription\b(?! key)|subscription (?:is )?(?:required|not found)|サブスクリプション.*(?:期限|停止)|未[订訂][阅閱]|(?:[订訂][阅閱](?:套餐)?|套餐)已?(?:[过過到]期|[暂暫]停|取消|失效)|(?:[无無沒没]|找不到)有?(?:有效|可用)的?[订訂][阅閱]/i,
  }),
  row("key/missing", "unauthorized", { status: [401], message: /didn't provide an API key|未提供令牌/i }),
  row("account/key-disabled", "unauthorized", {
    status: [401],
    message: /disabled|deactivated|[状狀][态態]不可用|已被?(?:禁用|停用|封禁|[冻凍][结結])/i,
  }),
  row("account/key-expired", "unauthorized", { status: [401], message: /\bexpired\b|已[过過]期/i }),
  row("account/no-quota", "noQuota", { status: [401], message: QUOTA_WORDS }),
  row("account/client-not-allowed", "blocked", {
    status: [403],
    message:
      /only allows? .*clients|restricted to .*clients|[仅僅只](?:允[许許]|限).{0,20}(?:客[户戶]|用戶)端/i,
  }),
  row("account/ip-not-allowed", "blocked", { status: [403], message: IP_WORDS }),
  // new-api reads what follows a dash behind the key as the choice of a channel: the key was not copied well.
  row("account/key-invalid", "unauthorized", {
    status: [403],
    message: /指定渠道|specif\w+ (?:\w+ )?channel/i,
  }),
  row("account/model-unavailable", "degraded", { status: [403], message: MODEL_DENIED_WORDS }),
  row("account/key-disabled", "unauthorized", { status: [403], message: KEY_OFF_WORDS }),
  row("account/key-expired", "unauthorized", { status: [403], message: KEY_OVER_WORDS }),
  row("account/key-invalid", "unauthorized", { status: [403], message: KEY_UNKNOWN_WORDS }),
  row("account/too-many-bad-attempts", "rateLimited", {
    status: [429],
    message: /too many (?:invalid|failed) (?:authentication|api key) attempts/i,
  }),
  row("account/rate-limited", "rateLimited", { status: [429], message: RATE_WORDS }),
  row("account/no-quota", "noQuota", { status: [402, 403, 429], message: QUOTA_WORDS }),
  row("account/no-group", "blocked", { status: [403], message: /\bgroup\b|分[组組]/i }),
  row("account/model-unavailable", "degraded", { status: [400, 404, 503], message: MODEL_WORDS }),
  row("endpoint/too-much-path", "notAnApi", {
    status: [404],
    message: /invalid url \(\w+ \/v1\/(?:v1|responses|chat)\//i,
  }),
  row("endpoint/missing-v1", "notAnApi", { status: [404], message: /invalid url \(\w+ \/(?!v1\/)/i }),

  row("account/no-group", "blocked", { identifier: /^permission_error$/ }),
  row("account/rate-limited", "rateLimited", { identifier: /^rate_limit_(?:exceeded|error)$/ }),
];

/** By status alone, where the body says nothing we know. The last row fits all. */
const STATUS_ROWS: readonly (AnswerVerdict & { readonly from: number; readonly to: number })[] = [
  { from: 300, to: 399, code: "endpoint/redirect", state: "notAnApi" },
  { from: 401, to: 401, code: "account/key-invalid", state: "unauthorized" },
  { from: 402, to: 402, code: "account/no-quota", state: "noQuota" },
  { from: 403, to: 403, code: "network/blocked", state: "blocked" },
  { from: 407, to: 407, code: "network/proxy-auth", state: "unreachable" },
  { from: 429, to: 429, code: "account/rate-limited", state: "rateLimited" },
  { from: 451, to: 451, code: "network/blocked", state: "blocked" },
  // Only a network's sign-in page may send it (RFC 6585 section 6), never the endpoint.
  { from: 511, to: 511, code: "network/captive-portal", state: "unreachable" },
  { from: 500, to: 599, code: "gateway/unavailable", state: "gatewayError" },
  { from: 0, to: 999, code: "endpoint/unexpected-response", state: "notAnApi" },
];

/**
 * Maps any answer that is not a model list to a code of the knowledge base and a health state.
 * A 401 is always `unauthorized`, whatever its body says, unless it is the supplier's, or a page: that is a server
 * in between, which knows nothing of the key.
 */
export function classifyErrorBody(answer: GatewayAnswer): AnswerVerdict & { readonly byStatusOnly: boolean } {
  const page = classifyPage(answer);
  const known = page ?? classifyBody(answer) ?? classifyRefusalSentAs200(answer);
  const { code, state } = known ?? classifyStatus(answer.status);
  if (ABOUT_THE_USER.includes(state) && isSuppliers(answer))
    return { ...SUPPLIER_TROUBLE, byStatusOnly: false };
  const isRefusal = answer.status === 401 && !page && state !== "gatewayError" && state !== "notAnApi";
  return { code, state: isRefusal ? "unauthorized" : state, byStatusOnly: !known };
}

const ABOUT_THE_USER: readonly AnswerVerdict["state"][] = ["unauthorized", "noQuota", "blocked"];
const SUPPLIER_TROUBLE: AnswerVerdict = { code: "gateway/unavailable", state: "gatewayError" };

/**
 * new-api lets its supplier's errors through; its own have a type that ends in `_api_error`. A refusal of
 * another type is about the operator's key and money.
 */
function isSuppliers({ passedOn, headers, body }: GatewayAnswer): boolean {
  if (!passedOn || headers["x-oneapi-request-id"] === undefined) return false;
  const types = readErrorBody(body)?.identifiers ?? [];
  return types.length > 0 && !types.some((type) => type.endsWith("_api_error"));
}

function classifyBody({ status, contentType, body }: GatewayAnswer): AnswerVerdict | undefined {
  const text = readErrorBody(body);
  if (text === undefined) {
    const broken = status < 300 && isJson(contentType);
    return broken ? { code: "gateway/unavailable", state: "gatewayError" } : undefined;
  }
  const named = text.identifiers.join("\n").replaceAll("_", " ");
  return (
    ROWS.find((candidate) => fits(candidate, status, text)) ??
    // A name that nobody knows is words, too: `KEY_DISABLED`.
    ROWS.find((candidate) => fits(candidate, status, { identifiers: [], message: named }))
  );
}

function classifyRefusalSentAs200(answer: GatewayAnswer): AnswerVerdict | undefined {
  if (answer.status !== 200 || !saysError(answer.body)) return undefined;
  return [403, 401, 429].map((status) => classifyBody({ ...answer, status })).find(Boolean);
}

function classifyStatus(status: number): AnswerVerdict {
  const found = STATUS_ROWS.find(({ from, to }) => status >= from && status <= to);
  return found ?? { code: "endpoint/unexpected-response", state: "notAnApi" };
}

function fits(candidate: Row, status: number, { identifiers, message }: ErrorText): boolean {
  const { identifier } = candidate;
  return (
    (!candidate.status || candidate.status.includes(status)) &&
    (!identifier ||
      identifiers.some((value) => identifier.test(value) || identifier.test(value.toUpperCase()))) &&
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
