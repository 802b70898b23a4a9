import assert from "node:assert/strict";
import fc from "fast-check";
import { classifyErrorBody } from "../../../../src/gateway/answers/errorBodies";
import type { GatewayAnswer } from "../../../../src/gateway/answers/gatewayAnswer";

const JSON_TYPE = "application/json; charset=utf-8";
const flat = (code: string, message = "") => ({ code, message });
const typed = (type: string, message: string) => ({ error: { type, message } });
const openAi = (message: string, type: string, code: string | null) => ({
  error: { message, type, param: null, code },
});
const newApi = (message: string, code = "") => openAi(`${message} (request id: 1)`, "new_api_error", code);

function classify(status: number, body: object | string, more: Partial<GatewayAnswer> = {}): string {
  const isText = typeof body === "string";
  const verdict = classifyErrorBody({
    status,
    contentType: isText ? "text/plain" : JSON_TYPE,
    headers: {},
    body: isText ? body : JSON.stringify(body),
    ...more,
  });
  return `${verdict.code} ${verdict.state}`;
}

describe("classifyErrorBody", () => {
  const sub2api: [number, object, string][] = [
    [401, flat("API_KEY_REQUIRED"), "key/missing unauthorized"],
    [401, flat("INVALID_API_KEY"), "account/key-invalid unauthorized"],
    [401, flat("USER_NOT_FOUND"), "account/key-invalid unauthorized"],
    [401, flat("API_KEY_DISABLED"), "account/key-disabled unauthorized"],
    [401, flat("USER_INACTIVE"), "account/key-disabled unauthorized"],
    [400, flat("api_key_in_query_deprecated"), "endpoint/malformed notAnApi"],
    [403, flat("ACCESS_DENIED", "Access denied. Your IP is 1.2.3.4"), "account/ip-not-allowed blocked"],
    [403, flat("GROUP_DELETED", "分组已删除"), "account/no-group blocked"],
    [403, flat("GROUP_DISABLED"), "account/no-group blocked"],
    [403, flat("GROUP_NOT_ALLOWED"), "account/no-group blocked"],
    [
      403,
      { type: "error", error: { type: "permission_error", message: "API Key is not assigned to any group" } },
      "account/no-group blocked",
    ],
    [
      403,
      flat("SUBSCRIPTION_NOT_FOUND", "No active subscription found for this group"),
      "account/subscription-expired noQuota",
    ],
    [
      403,
      flat("FORBIDDEN", "No active subscription found for this group"),
      "account/subscription-expired noQuota",
    ],
    [403, flat("FORBIDDEN", "當前分組沒有有效的訂閱，訂閱已到期"), "account/subscription-expired noQuota"],
    [
      403,
      flat("GROUP_SUBSCRIPTION", 'error: code=403 reason="SUBSCRIPTION_SUSPENDED"'),
      "account/subscription-expired noQuota",
    ],
    [403, flat("SUBSCRIPTION_INVALID", 'error: reason="DAILY_LIMIT_EXCEEDED"'), "account/no-quota noQuota"],
    [403, flat("SUBSCRIPTION_NOT_FOUND"), "account/subscription-expired noQuota"],
    [
      403,
      flat(
        "SUBSCRIPTION_INVALID",
        'error: code=403 reason="SUBSCRIPTION_EXPIRED" message="subscription has expired" metadata=map[]',
      ),
      "account/subscription-expired noQuota",
    ],
    [
      403,
      flat("SUBSCRIPTION_INVALID", 'error: code=403 reason="SUBSCRIPTION_SUSPENDED"'),
      "account/subscription-expired noQuota",
    ],
    [429, flat("USAGE_LIMIT_EXCEEDED", 'reason="DAILY_LIMIT_EXCEEDED"'), "account/no-quota noQuota"],
    [429, flat("USAGE_LIMIT_EXCEEDED", 'reason="WEEKLY_LIMIT_EXCEEDED"'), "account/no-quota noQuota"],
    [429, flat("USAGE_LIMIT_EXCEEDED", 'reason="MONTHLY_LIMIT_EXCEEDED"'), "account/no-quota noQuota"],
    [403, flat("API_KEY_EXPIRED", "API key 已过期"), "account/key-expired unauthorized"],
    [
      429,
      openAi("API key 额度已用完", "insufficient_quota", "insufficient_quota"),
      "account/no-quota noQuota",
    ],
    [429, flat("API_KEY_QUOTA_EXHAUSTED"), "account/no-quota noQuota"],
    [403, flat("INSUFFICIENT_BALANCE", "Insufficient account balance"), "account/no-quota noQuota"],
    [429, flat("INVALID_AUTH_RATE_LIMITED"), "account/too-many-bad-attempts rateLimited"],
    [503, flat("API_KEY_AUTH_OVERLOADED"), "gateway/unavailable gatewayError"],
    [500, flat("INTERNAL_ERROR"), "gateway/unavailable gatewayError"],
    [500, flat("SUBSCRIPTION_MAINTENANCE_FAILED"), "gateway/unavailable gatewayError"],
    [403, typed("billing_error", "subscription invalid"), "account/subscription-expired noQuota"],
    [403, typed("billing_error", "insufficient balance"), "account/no-quota noQuota"],
    [403, typed("billing_error", "daily usage limit exceeded"), "account/no-quota noQuota"],
    [403, typed("billing_error", "subscription daily limit exceeded"), "account/no-quota noQuota"],
    [503, typed("billing_service_error", "Billing service unavailable"), "gateway/unavailable gatewayError"],
    [429, typed("rate_limit_exceeded", "api key 5小时限额已用完"), "account/no-quota noQuota"],
    [429, typed("rate_limit_exceeded", "api key 日限额已用完"), "account/no-quota noQuota"],
    [429, typed("rate_limit_exceeded", "api key 7天限额已用完"), "account/no-quota noQuota"],
    [429, typed("rate_limit_exceeded", "Platform daily quota exceeded"), "account/no-quota noQuota"],
    [
      429,
      typed("rate_limit_error", "Too many pending requests, please retry later"),
      "account/rate-limited rateLimited",
    ],
    [
      429,
      typed("rate_limit_error", "All available accounts are currently rate-limited"),
      "account/rate-limited rateLimited",
    ],
    [429, typed("rate_limit_error", "Upstream rate limit exceeded"), "account/rate-limited rateLimited"],
    [429, typed("upstream_error", "You exceeded your current quota"), "gateway/unavailable gatewayError"],
    [401, typed("upstream_error", "Invalid API key"), "gateway/unavailable gatewayError"],
    [403, typed("upstream_error", "Your group is not allowed"), "gateway/unavailable gatewayError"],
    [502, typed("upstream_error", "Upstream access forbidden"), "gateway/unavailable gatewayError"],
    [
      502,
      typed("upstream_error", "Upstream service temporarily unavailable"),
      "gateway/unavailable gatewayError",
    ],
    [
      413,
      typed("invalid_request_error", "Request body is too large"),
      "endpoint/unexpected-response notAnApi",
    ],
    [429, typed("rate_limit_exceeded", "RPM limit exceeded"), "account/rate-limited rateLimited"],
    [429, typed("rate_limit_error", "Concurrency limit exceeded"), "account/rate-limited rateLimited"],
    [
      404,
      typed("model_not_found", 'Model "x" is not supported by any configured account in this group'),
      "account/model-unavailable degraded",
    ],
    [503, typed("api_error", "Service temporarily unavailable"), "gateway/unavailable gatewayError"],
    [
      502,
      typed("upstream_error", "Upstream authentication failed, please contact administrator"),
      "gateway/unavailable gatewayError",
    ],
    [
      403,
      typed("forbidden_error", "This account only allows Codex official clients"),
      "account/client-not-allowed blocked",
    ],
    [
      403,
      typed("permission_error", "This group is restricted to Claude Code clients (/v1/messages only)"),
      "account/client-not-allowed blocked",
    ],
    [400, typed("invalid_request_error", "bad"), "endpoint/unexpected-response notAnApi"],
  ];
  const newApiBodies: [number, object, string][] = [
    [401, newApi("无效的令牌"), "account/key-invalid unauthorized"],
    [401, newApi("Invalid token"), "account/key-invalid unauthorized"],
    [401, newApi("未提供令牌"), "key/missing unauthorized"],
    [401, newApi("该令牌已过期"), "account/key-expired unauthorized"],
    [401, newApi("该令牌状态不可用"), "account/key-disabled unauthorized"],
    [401, newApi("该令牌额度已用尽"), "account/no-quota unauthorized"],
    [401, newApi("無效的令牌"), "account/key-invalid unauthorized"],
    [401, newApi("該令牌已過期"), "account/key-expired unauthorized"],
    [401, newApi("該令牌狀態不可用"), "account/key-disabled unauthorized"],
    [401, newApi("該令牌額度已用盡"), "account/no-quota unauthorized"],
    [403, newApi("您的 IP 不在令牌允許存取的列表中"), "account/ip-not-allowed blocked"],
    [403, newApi("無權存取 secret 分組"), "account/no-group blocked"],
    [403, newApi("該令牌無權存取模型 x"), "account/model-unavailable degraded"],
    [403, newApi("用戶額度不足, 剩餘額度: ＄0.000000"), "account/no-quota noQuota"],
    [403, newApi("用户额度不足", "insufficient_user_quota"), "account/no-quota noQuota"],
    [
      403,
      newApi("token quota is not enough, token remain quota: ＄0.000002", "pre_consume_token_quota_failed"),
      "account/no-quota noQuota",
    ],
    [403, newApi("普通用户不支持指定渠道"), "account/key-invalid unauthorized"],
    [403, newApi("普通用戶不支持指定渠道"), "account/key-invalid unauthorized"],
    [503, newApi("分組 default 下模型 x 無可用渠道"), "account/model-unavailable degraded"],
    [403, newApi("您的 IP 不在令牌允许访问的列表中", "access_denied"), "account/ip-not-allowed blocked"],
    [403, newApi("无权访问 vip 分组"), "account/no-group blocked"],
    [403, newApi("分组 vip 已被弃用"), "account/no-group blocked"],
    [403, newApi("用户已被封禁"), "account/key-disabled unauthorized"],
    [403, newApi("User has been banned"), "account/key-disabled unauthorized"],
    [403, newApi("该令牌无权访问模型 x"), "account/model-unavailable degraded"],
    [403, newApi("该令牌无权访问任何模型"), "account/model-unavailable degraded"],
    [403, newApi("user quota is not enough", "insufficient_user_quota"), "account/no-quota noQuota"],
    [403, newApi("用户额度不足"), "account/no-quota noQuota"],
    [429, newApi("您已达到请求数限制：1分钟内最多请求10次"), "account/rate-limited rateLimited"],
    [
      503,
      newApi("No available channel for model x under group default (distributor)", "model_not_found"),
      "account/model-unavailable degraded",
    ],
    [503, newApi("当前分组 default 下对于模型 x 无可用渠道"), "account/model-unavailable degraded"],
    [
      404,
      openAi("Invalid URL (POST /responses)", "invalid_request_error", ""),
      "endpoint/missing-v1 notAnApi",
    ],
    [
      404,
      openAi("Invalid URL (GET /v1/v1/models)", "invalid_request_error", ""),
      "endpoint/too-much-path notAnApi",
    ],
    [
      404,
      openAi("Invalid URL (GET /v1/models)", "invalid_request_error", ""),
      "endpoint/unexpected-response notAnApi",
    ],
  ];
  const openAiBodies: [number, object, string][] = [
    [
      401,
      openAi("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
      "account/key-invalid unauthorized",
    ],
    [
      401,
      openAi("You didn't provide an API key.", "invalid_request_error", null),
      "key/missing unauthorized",
    ],
    [
      401,
      openAi("Your account was deactivated.", "invalid_request_error", "account_deactivated"),
      "account/key-disabled unauthorized",
    ],
    [
      401,
      openAi("Your IP is not authorized.", "invalid_request_error", "ip_not_authorized"),
      "account/ip-not-allowed unauthorized",
    ],
    [
      401,
      openAi("You must be a member of an organization to use the API.", "invalid_request_error", null),
      "account/key-invalid unauthorized",
    ],
    [
      403,
      openAi("Project does not have access to model `x`", "invalid_request_error", "model_not_found"),
      "account/model-unavailable degraded",
    ],
    [
      429,
      openAi("Your account is not active.", "billing_not_active", "billing_not_active"),
      "account/no-quota noQuota",
    ],
    [
      400,
      openAi("Billing hard limit has been reached", "billing_limit_user_error", "billing_hard_limit_reached"),
      "account/no-quota noQuota",
    ],
    [
      500,
      openAi("The server had an error while processing your request", "server_error", null),
      "gateway/unavailable gatewayError",
    ],
    [
      503,
      openAi("The engine is currently overloaded", "service_unavailable_error", null),
      "gateway/unavailable gatewayError",
    ],
    [
      403,
      openAi("Country not supported", "request_forbidden", "unsupported_country_region_territory"),
      "network/blocked blocked",
    ],
    [
      404,
      openAi(
        "The model `x` does not exist or you do not have access to it.",
        "invalid_request_error",
        "model_not_found",
      ),
      "account/model-unavailable degraded",
    ],
    [
      400,
      openAi("The requested model 'x' does not exist.", "invalid_request_error", null),
      "account/model-unavailable degraded",
    ],
    [
      429,
      openAi("You exceeded your current quota.", "insufficient_quota", "insufficient_quota"),
      "account/no-quota noQuota",
    ],
    [
      429,
      openAi(
        "Rate limit reached. Add a payment method at https://example.invalid/account/billing.",
        "requests",
        "rate_limit_exceeded",
      ),
      "account/rate-limited rateLimited",
    ],
    [
      403,
      openAi("You have insufficient permissions for this operation.", "invalid_request_error", null),
      "network/blocked blocked",
    ],
    [402, openAi("Payment Required", "x", null), "account/no-quota noQuota"],
  ];
  for (const [product, bodies] of Object.entries({
    sub2api,
    "new-api": newApiBodies,
    OpenAI: openAiBodies,
  })) {
    for (const [status, body, expected] of bodies) {
      it(`${product}: ${status} ${JSON.stringify(body).slice(0, 90)}`, () => {
        assert.equal(classify(status, body), expected);
      });
    }
  }

  const page = { contentType: "text/html; charset=utf-8" };
  const answers: [string, string, string][] = [
    ["the website", classify(200, "<!DOCTYPE html><p>Console", page), "endpoint/website notAnApi"],
    [
      "a page under a false type",
      classify(200, "\n<html>x", { contentType: JSON_TYPE }),
      "endpoint/website notAnApi",
    ],
    ["nginx 404", classify(404, "<html>nginx", page), "endpoint/html-response notAnApi"],
    ["nginx 405", classify(405, "<html>nginx", page), "endpoint/html-response notAnApi"],
    ["nginx 502", classify(502, "<html>nginx", page), "gateway/unavailable gatewayError"],
    [
      "a firewall's 403 page",
      classify(403, "<!DOCTYPE html>Just a moment…", page),
      "network/blocked blocked",
    ],
    [
      "a challenge under another status",
      classify(503, "<html>", { ...page, headers: { "cf-mitigated": "challenge" } }),
      "network/blocked blocked",
    ],
    ["a 401 page", classify(401, "<html>sign in", page), "endpoint/html-response notAnApi"],
    ["a 451 page", classify(451, "<html>by order of", page), "network/filtered blocked"],
    ["a 429 page", classify(429, "<html>slow down", page), "account/rate-limited rateLimited"],
    ["an empty 429", classify(429, ""), "account/rate-limited rateLimited"],
    ["an empty 500", classify(500, ""), "gateway/unavailable gatewayError"],
    ["gin's 404", classify(404, "404 page not found"), "endpoint/unexpected-response notAnApi"],
    ["a redirect", classify(302, ""), "endpoint/redirect notAnApi"],
    ["a proxy that wants a login", classify(407, ""), "network/proxy-auth unreachable"],
    ["a network's sign-in page", classify(511, "<html>", page), "network/captive-portal unreachable"],
    ["another product's JSON", classify(200, { version: 3 }), "endpoint/unexpected-response notAnApi"],
    ["a key error under 200", classify(200, flat("INVALID_API_KEY")), "account/key-invalid unauthorized"],
    [
      "broken JSON",
      classify(200, '{"data": [', { contentType: JSON_TYPE }),
      "gateway/unavailable gatewayError",
    ],
    ["plain text", classify(200, "hello"), "endpoint/unexpected-response notAnApi"],
  ];
  for (const [name, actual, expected] of answers) {
    it(name, () => assert.equal(actual, expected));
  }

  const unknown: [number, string][] = [
    [302, "endpoint/redirect notAnApi"],
    [400, "endpoint/unexpected-response notAnApi"],
    [401, "account/key-invalid unauthorized"],
    [402, "account/no-quota noQuota"],
    [403, "network/blocked blocked"],
    [407, "network/proxy-auth unreachable"],
    [418, "endpoint/unexpected-response notAnApi"],
    [429, "account/rate-limited rateLimited"],
    [500, "gateway/unavailable gatewayError"],
    [599, "gateway/unavailable gatewayError"],
  ];
  for (const [status, expected] of unknown) {
    it(`judges words that nobody knows by their status ${status}`, () => {
      assert.equal(classify(status, { error: { message: "la la la", code: "LA" } }), expected);
    });
  }

  const otherWords: [number, object, string][] = [
    [403, { message: "API key is disabled" }, "account/key-disabled unauthorized"],
    [403, newApi("该令牌状态不可用"), "account/key-disabled unauthorized"],
    [403, { msg: "用户已被禁用" }, "account/key-disabled unauthorized"],
    [403, { message: "Your account has been suspended" }, "account/key-disabled unauthorized"],
    [403, { message: "API key has expired" }, "account/key-expired unauthorized"],
    [403, { msg: "金鑰已過期" }, "account/key-expired unauthorized"],
    [403, { message: "The group of this API key is disabled" }, "account/no-group blocked"],
    [403, { message: "API Key 所属分组已停用" }, "account/no-group blocked"],
    [403, { message: "The owner of this website has banned your IP address" }, "network/blocked blocked"],
    [403, { message: "Upstream account is disabled" }, "network/blocked blocked"],
    [403, { message: "Access denied from IP 1.2.3.4" }, "account/ip-not-allowed blocked"],
    [403, newApi("该令牌无权使用模型：gpt-5.5"), "account/model-unavailable degraded"],
    [403, { message: "Model gpt-5.5 is not allowed for this API key" }, "account/model-unavailable degraded"],
    [403, { message: "model gpt-5.5 is not enabled for this group" }, "account/model-unavailable degraded"],
    [404, { error: { code: "DeploymentNotFound", message: "none" } }, "account/model-unavailable degraded"],
    [429, typed("rate_limit_error", "weekly usage limit exceeded"), "account/no-quota noQuota"],
    [429, typed("rate_limit_error", "5-hour limit reached"), "account/no-quota noQuota"],
    [429, { message: "Quota exceeded: 60 requests per minute" }, "account/rate-limited rateLimited"],
    [
      429,
      { message: "Too many failed authentication attempts" },
      "account/too-many-bad-attempts rateLimited",
    ],
    [403, { message: "当前分组未订阅套餐" }, "account/subscription-expired noQuota"],
    [403, { message: "Your plan has expired" }, "account/subscription-expired noQuota"],
    [402, { message: "Your subscription has expired" }, "account/subscription-expired noQuota"],
    [401, { message: "Your subscription has expired" }, "account/subscription-expired unauthorized"],
    [403, { message: "残高が不足しています" }, "account/no-quota noQuota"],
    [403, { message: "账户已欠费" }, "account/no-quota noQuota"],
    [403, flat("insufficient_balance", "denied"), "account/no-quota noQuota"],
    [401, flat("api_key_expired", "no"), "account/key-expired unauthorized"],
    [401, { detail: { code: "API_KEY_DISABLED", message: "no" } }, "account/key-disabled unauthorized"],
    [403, { error: "INSUFFICIENT_BALANCE" }, "account/no-quota noQuota"],
    [200, { success: false, message: "余额不足" }, "account/no-quota noQuota"],
    [200, { code: 401, msg: "无效的令牌" }, "account/key-invalid unauthorized"],
    [200, { error: { message: "API key has expired" } }, "account/key-expired unauthorized"],
    [
      200,
      { message: "Welcome to our group, your balance is shown here" },
      "endpoint/unexpected-response notAnApi",
    ],
    [
      403,
      { cloudflare_error: true, detail: "Access denied: your IP address is banned" },
      "network/blocked blocked",
    ],
    [403, flat("KEY_DISABLED", "no"), "account/key-disabled unauthorized"],
    [401, flat("TOKEN_EXPIRED", "no"), "account/key-expired unauthorized"],
    [403, flat("QUOTA_EXCEEDED", "no"), "account/no-quota noQuota"],
    [403, flat("GROUP_NOT_FOUND", "no"), "account/no-group blocked"],
    [403, flat("MODEL_NOT_ALLOWED", "no"), "account/model-unavailable degraded"],
    [403, flat("IP_NOT_ALLOWED", "no"), "account/ip-not-allowed blocked"],
    [403, flat("FORBIDDEN", "no"), "network/blocked blocked"],
    [403, { message: "无效的令牌" }, "account/key-invalid unauthorized"],
    [403, { message: "Invalid API key" }, "account/key-invalid unauthorized"],
    [403, { message: "Upstream says: invalid API key" }, "network/blocked blocked"],
    [403, { message: "该分组仅允许 Codex 客户端使用" }, "account/client-not-allowed blocked"],
    [404, { message: "模型 gpt-5.5 不存在" }, "account/model-unavailable degraded"],
    [
      429,
      { message: "You have exceeded the call rate limit. To increase it, visit the quota page." },
      "account/rate-limited rateLimited",
    ],
    [429, typed("budget_exceeded", "Budget has been exceeded! Max budget: 1.0"), "account/no-quota noQuota"],
    [403, { message: "Subscription required for this group" }, "account/subscription-expired noQuota"],
    [403, { message: "サブスクリプションの有効期限が切れています" }, "account/subscription-expired noQuota"],
    [403, { message: "APIキーは無効化されています" }, "account/key-disabled unauthorized"],
    [403, { message: "このIPアドレスは許可されていません" }, "account/ip-not-allowed blocked"],
    [429, { message: "月間利用上限に達しました" }, "account/no-quota noQuota"],
    [403, { message: "このキーではモデル gpt-5.5 を利用できません" }, "account/model-unavailable degraded"],
    [403, { message: "Your IP is blacklisted" }, "account/ip-not-allowed blocked"],
  ];
  for (const [status, body, expected] of otherWords) {
    it(`in other words: ${status} ${JSON.stringify(body).slice(0, 90)}`, () => {
      assert.equal(classify(status, body), expected);
    });
  }

  describe("of a request that new-api passes on", () => {
    const passedOn = { passedOn: true, headers: { "x-oneapi-request-id": "1" } };
    const key = openAi("Incorrect API key provided.", "invalid_request_error", "invalid_api_key");
    const quota = openAi("You exceeded your current quota.", "insufficient_quota", "insufficient_quota");
    const region = openAi(
      "Country not supported",
      "request_forbidden",
      "unsupported_country_region_territory",
    );
    const cases: [string, number, object, Partial<GatewayAnswer>, string][] = [
      ["the supplier's 401 is the operator's", 401, key, passedOn, "gateway/unavailable gatewayError"],
      ["the supplier's 403 is the operator's", 403, region, passedOn, "gateway/unavailable gatewayError"],
      ["the supplier's quota is the operator's", 429, quota, passedOn, "gateway/unavailable gatewayError"],
      [
        "the gateway's own 401 is the user's",
        401,
        newApi("Invalid token"),
        passedOn,
        "account/key-invalid unauthorized",
      ],
      [
        "a relative's own refusal is the user's",
        403,
        openAi("user quota is not enough", "other_api_error", "insufficient_user_quota"),
        passedOn,
        "account/no-quota noQuota",
      ],
      [
        "a list of models is never passed on",
        401,
        key,
        { headers: passedOn.headers },
        "account/key-invalid unauthorized",
      ],
      [
        "another gateway's 401 is the user's",
        401,
        key,
        { passedOn: true },
        "account/key-invalid unauthorized",
      ],
    ];
    for (const [name, status, body, more, expected] of cases) {
      it(name, () => assert.equal(classify(status, body, more), expected));
    }
  });

  it("reads an error that a program in between has wrapped, where that one names nothing itself", () => {
    const inner = flat("INSUFFICIENT_BALANCE", "Insufficient account balance");
    for (const body of [
      { error: { error: inner } },
      { error: { message: JSON.stringify(inner) } },
      { error: { message: JSON.stringify({ error: inner }) } },
    ]) {
      assert.equal(classify(403, body), "account/no-quota noQuota", JSON.stringify(body));
    }
    const named = { error: { type: "upstream_error", message: JSON.stringify(inner) } };
    assert.equal(classify(403, named), "gateway/unavailable gatewayError");
  });

  it("knows the end of a subscription by other words too", () => {
    for (const message of [
      "Subscription is suspended",
      "Your subscription has been cancelled",
      "No valid subscription for this group",
      "订阅已暂停",
      "訂閱套餐已過期",
      "找不到有效的訂閱",
      "无可用订阅",
    ]) {
      const verdict = classify(403, typed("permission_error", message));
      assert.equal(verdict, "account/subscription-expired noQuota", message);
    }
  });

  it("reads the first of two documents in one body", () => {
    const first = JSON.stringify(typed("forbidden_error", 'It "only allows {Codex} official clients'));
    const second = 'event: response.failed\ndata: {"response":{"error":{"code":"upstream_error"}}}\n\n';
    assert.equal(
      classify(403, first + second, { contentType: JSON_TYPE }),
      "account/client-not-allowed blocked",
    );
    assert.equal(
      classify(403, `${first}\n${JSON.stringify(flat("INSUFFICIENT_BALANCE"))}`),
      "account/client-not-allowed blocked",
    );
  });

  it("says whether only the status was known", () => {
    const answer = { contentType: JSON_TYPE, headers: {} };
    assert.ok(classifyErrorBody({ ...answer, status: 503, body: '{"code":"LA"}' }).byStatusOnly);
    assert.ok(!classifyErrorBody({ ...answer, status: 403, body: '{"code":"ACCESS_DENIED"}' }).byStatusOnly);
  });

  it("is not held up by a long hostile message", () => {
    const body = typed("x", "model only allow restricted to ".repeat(8_000));
    assert.equal(classify(404, body), "endpoint/unexpected-response notAnApi");
    assert.equal(classify(403, body), "network/blocked blocked");
  });

  it("reads a JSON error that its server calls HTML", () => {
    const refusal = JSON.stringify(flat("INVALID_API_KEY"));
    assert.equal(classify(401, refusal, { contentType: "text/html" }), "account/key-invalid unauthorized");
    assert.equal(
      classify(403, JSON.stringify(flat("INSUFFICIENT_BALANCE")), {
        contentType: "text/html; charset=utf-8",
      }),
      "account/no-quota noQuota",
    );
    assert.equal(
      classify(401, "Unauthorized", { contentType: "text/html" }),
      "endpoint/html-response notAnApi",
    );
  });

  it("takes JSON of a portal or a filter for theirs, and a page that only begins like JSON for a page", () => {
    const html = { contentType: "text/html" };
    const portal = { code: 401, msg: "登录令牌已过期，请重新进行上网认证" };
    assert.equal(classify(200, portal, html), "network/captive-portal notAnApi");
    assert.equal(
      classify(401, { error: "please log in to the corporate gateway" }, { ...html, mayBeForeign: true }),
      "network/captive-portal notAnApi",
    );
    assert.equal(
      classify(403, { message: "URL blocked by policy: group Staff may not use it" }, html),
      "network/filtered blocked",
    );
    assert.equal(
      classify(401, "{{#layout}}<!doctype html><title>Sign in</title>", html),
      "endpoint/html-response notAnApi",
    );
    assert.equal(classify(200, '{% extends "base" %}<html>', html), "endpoint/website notAnApi");
  });

  it("takes any status and body", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 999 }),
        fc.oneof(fc.string(), fc.json()),
        fc.constantFrom("", "text/html", JSON_TYPE),
        (status, body, contentType) => {
          const { code } = classifyErrorBody({ status, contentType, headers: {}, body });
          assert.match(code, /^(?:account|endpoint|gateway|key|network)\/[a-z0-9-]+$/);
        },
      ),
    );
  });

  it("calls every 401 unauthorized that is no page", () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value));
    const answers = fc.oneof(
      fc.record({ body: fc.oneof(fc.string(), fc.json()), contentType: fc.constantFrom("", JSON_TYPE) }),
      fc.record({ body: objects, contentType: fc.constant("text/html") }),
    );
    fc.assert(
      fc.property(answers, ({ body, contentType }) => {
        const { state } = classifyErrorBody({ status: 401, contentType, headers: {}, body });
        assert.equal(state, "unauthorized");
      }),
    );
  });
});
